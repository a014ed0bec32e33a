package dev.saddlebag.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever can edit a page must not be able to send the backup host to places that only it can reach. */
class OutsideAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/secret",
                "http://2130706433/secret",
                "http://localhost:8080/",
                "http://[::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://0.0.0.0/",
                "http://10.1.2.3/",
                "https://192.168.0.1/",
                "http://172.16.5.4/",
                "http://100.64.0.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://[fe80::1]/",
                "http://[fd00::1]/",
                "http://224.0.0.1/"
            })
    void an_address_of_the_own_network_is_refused_unless_the_operator_allows_it(String url) throws Exception {
        assertThatThrownBy(() -> OutsideAddress.admit(url, false))
                .isInstanceOf(FileRefusedException.class)
                .hasMessageContaining(url)
                .hasMessageContaining("external-media = any would");

        assertThatCode(() -> OutsideAddress.admit(url, true)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://1.1.1.1/a.png", "https://[2606:4700::1111]/a.png", "HTTPS://8.8.8.8/"})
    void an_address_of_the_internet_passes(String url) {
        assertThatCode(() -> OutsideAddress.admit(url, false)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.1/secret",
                "file:///etc/passwd",
                "ftp://8.8.8.8/a",
                "jar:file:/a!/b",
                "/a.png",
                "http://",
                "a b",
                "data:text/plain,x"
            })
    void what_is_no_web_address_is_refused_whatever_the_operator_allows(String url) {
        assertThatThrownBy(() -> OutsideAddress.admit(url, true))
                .isInstanceOf(FileRefusedException.class)
                .hasMessage(url + " is no web address");
    }

    @Test
    void a_host_that_nobody_knows_is_refused() {
        assertThatThrownBy(() -> OutsideAddress.admit("http://nobody.invalid/a.png", true))
                .isInstanceOf(FileRefusedException.class)
                .hasMessageContaining("is unknown");
    }

    @Test
    void a_redirection_may_be_relative() throws Exception {
        assertThat(OutsideAddress.resolve("https://a.example/x/y.png?z=1", "../moved.png"))
                .isEqualTo("https://a.example/moved.png");
        assertThat(OutsideAddress.resolve("https://a.example/x", "http://10.0.0.1/"))
                .isEqualTo("http://10.0.0.1/");
        assertThatThrownBy(() -> OutsideAddress.resolve("https://a.example/x", "http://[/"))
                .isInstanceOf(FileRefusedException.class);
    }
}

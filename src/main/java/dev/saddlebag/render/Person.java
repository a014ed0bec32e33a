package dev.saddlebag.render;

/** A user or a group of users; name and e-mail address are empty where Notion does not tell them. */
public record Person(String id, String name, String email) {
    static final Person NOBODY = new Person("", "", "");

    /** Name and address as in an e-mail, or what there is of it. */
    public String written() {
        if (name.isEmpty()) {
            return email.isEmpty() ? id : email;
        }
        return email.isEmpty() ? name : name + " <" + email + ">";
    }
}

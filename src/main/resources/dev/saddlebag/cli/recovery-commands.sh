umask 077
cat > key.txt <<'END'
@key@
END
sed -n '/^#!\/bin\/sh/,/^# end of script/p' README.txt > restore.sh
RUN=$(ls meta/*.sha256.sig | tail -n 1 | sed 's/^meta\///; s/\.sha256\.sig$//')
IDENTITY=key.txt sh restore.sh . "$RUN" restored

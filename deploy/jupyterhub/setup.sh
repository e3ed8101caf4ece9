#!/bin/sh
# Put a Hub for this course on this machine: sudo sh deploy/jupyterhub/setup.sh
#
# COURSE_HOME (/srv/cnn) is the folder; its last part names the account and the groups:
# cnn-course, cnn-instructors, cnn-students. PYTHON (/usr/bin/python3) makes the environment.
# Run it again after an update: it installs the library anew and leaves work, grades and people.
set -eu
umask 022

SOURCE=$(cd "$(dirname "$0")/../.." && pwd)
COURSE_HOME=${COURSE_HOME:-/srv/cnn}
PYTHON=${PYTHON:-/usr/bin/python3}
NAME=$(basename "$COURSE_HOME")
ACCOUNT=$NAME-course
COURSE=$COURSE_HOME/course
EXCHANGE=$COURSE_HOME/exchange/cnn_from_scratch

stop() {
    echo "hub: $1" >&2
    exit 1
}

if [ "$(id -u)" != 0 ]; then
    stop "run it as root: it makes accounts and folders for all. sudo sh deploy/jupyterhub/setup.sh"
fi
for program in git npm node useradd groupadd runuser; do
    command -v "$program" >/dev/null || stop "$program is missing. Debian: apt install git npm nodejs passwd util-linux"
done
[ -x "$PYTHON" ] || stop "$PYTHON is missing. Debian: apt install python3-venv, or say which: PYTHON=/its/path"
"$PYTHON" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    stop "$PYTHON is older than 3.11 or cannot make environments. Debian: apt install python3-venv"
case $(readlink -f "$PYTHON") in
    /root/* | /home/*) stop "$PYTHON lies in somebody's home: other accounts may not enter it. Use the system's" ;;
esac

echo "hub: accounts and folders in $COURSE_HOME"
mkdir -p "$COURSE_HOME"
chmod 755 "$COURSE_HOME"
groupadd -f "$NAME-instructors"
groupadd -f "$NAME-students"
id "$ACCOUNT" >/dev/null 2>&1 ||
    useradd --system --no-create-home --home-dir "$COURSE_HOME/home" --shell /usr/sbin/nologin "$ACCOUNT"
mkdir -p "$COURSE_HOME/home" "$COURSE_HOME/hub" "$COURSE_HOME/etc"
chmod 700 "$COURSE_HOME/home" "$COURSE_HOME/hub"
chown "$ACCOUNT": "$COURSE_HOME/home"

echo "hub: the environment, which every account may read"
[ -x "$COURSE_HOME/env/bin/python" ] || "$PYTHON" -m venv "$COURSE_HOME/env"
# The library is copied: what students can read holds no hidden check and no solution.
"$COURSE_HOME/env/bin/python" -m pip install --quiet --disable-pip-version-check \
    -c "$SOURCE/constraints.txt" -r "$SOURCE/deploy/jupyterhub/requirements.txt" "$SOURCE"
npm install --silent --no-audit --no-fund --prefix "$COURSE_HOME/proxy" configurable-http-proxy@5.3.0

# The course's own clone: solutions, gradebook and secret, for one account only.
if [ ! -d "$COURSE" ]; then
    echo "hub: the course in $COURSE"
    git clone --quiet --no-hardlinks "$SOURCE" "$COURSE"
fi
chmod 700 "$COURSE"
if [ ! -e "$COURSE/course_settings.py" ]; then
    cat > "$COURSE/course_settings.py" <<END
# Made by deploy/jupyterhub/setup.sh; nbgrader_config.py reads it. Yours to change.
c.Exchange.root = "$COURSE_HOME/exchange"
c.TrustedCollect.only_by_owner = True   # a hand-in counts for the account that owns it
END
fi
chown -R "$ACCOUNT": "$COURSE"

# Work goes out and comes in here. The sticky bits keep people from moving what is not theirs;
# nobody but the course's account can list what was handed in.
mkdir -p "$EXCHANGE/outbound" "$EXCHANGE/inbound" "$EXCHANGE/feedback"
chown "$ACCOUNT": "$COURSE_HOME/exchange" "$EXCHANGE" "$EXCHANGE/outbound" "$EXCHANGE/inbound" \
    "$EXCHANGE/feedback"
chmod 1777 "$COURSE_HOME/exchange"
chmod 755 "$EXCHANGE" "$EXCHANGE/outbound"
chmod 3733 "$EXCHANGE/inbound"
chmod 711 "$EXCHANGE/feedback"

cat > "$COURSE_HOME/etc/nbgrader_config.py" <<END
# For students: which course, and where work goes.
c = get_config()
c.CourseDirectory.course_id = "cnn_from_scratch"
c.Exchange.root = "$COURSE_HOME/exchange"
END
# A terminal's own choice, a login shell, would drop the path to the commands, and the account of
# the course has none.
cat > "$COURSE_HOME/etc/jupyter_server_config.json" <<END
{"ServerApp": {"terminado_settings": {"shell_command": ["/bin/bash"]}}}
END
mkdir -p "$COURSE_HOME/etc/course"
cp "$SOURCE/deploy/jupyterhub/jupyter_server_config.json" "$COURSE_HOME/etc/course/"
cp "$SOURCE/deploy/jupyterhub/jupyterhub_config.py" "$COURSE_HOME/hub/"

echo "hub: ready. People: useradd -m -K HOME_MODE=0700 -G $NAME-students ada"
echo "hub: start it: cd $COURSE_HOME/hub && $COURSE_HOME/env/bin/jupyterhub"

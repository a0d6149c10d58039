#!/bin/sh
# Install what the program needs at run time, and the program, into a folder of its own: sh packaging/build.sh FOLDER
# The image does this; it works without a container engine too.
set -eu
folder=$1
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check --no-cache-dir --require-hashes --requirement requirements-run.lock
"$folder/bin/pip" install --quiet --disable-pip-version-check --no-cache-dir --no-deps --no-build-isolation .
mkdir -p "$folder/fitted" "$folder/packaging"
cp packaging/start.sh "$folder/packaging/"
# The matchers are fitted here, where there is memory for it (2 GB), so that a small server only reads them.
SILTA_VAR="$folder/fitted" "$folder/bin/siltabotti" ask "hei" > /dev/null

#!/bin/sh
# Put the fitted matchers where the program looks for them, then become the program.
set -eu
mkdir -p "${SILTA_VAR:=var}"
cp "$(dirname "$0")"/../fitted/*.npz "$SILTA_VAR"/
exec "$@"

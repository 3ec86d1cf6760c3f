#!/usr/bin/env bash
# Checks the golden seeds under another Node: tools/golden-nodes.sh PATH_OF_A_NODE_BINARY
# The build must be there; it is the same for every Node.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ $# -ne 1 ] || [ ! -x "$1" ]; then
  printf 'usage: %s PATH_OF_A_NODE_BINARY\n' "$0" >&2
  exit 2
fi
exec "$1" tools/golden.mjs

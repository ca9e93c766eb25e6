# A bulk export by curl alone: sh export-by-curl.sh BASE FOLDER PARALLEL one|each|synced
#   one     one curl process, so many files at a time; it inflates on one core
#   each    so many curl processes, each with its share of the files
#   synced  the same, and each forces its files to disk in the end
# It keeps no state, counts nothing, tries nothing again, and writes straight to the final names.
set -eu
base=$1 folder=$2 parallel=$3 way=$4

job=$(curl -s -f -o /dev/null -D - -H 'Accept: application/fhir+json' -H 'Prefer: respond-async' \
  "$base/\$export" | tr -d '\r' | sed -n 's/^[Cc]ontent-[Ll]ocation: //p')
manifest=$folder/manifest.json
until [ "$(curl -s -f -o "$manifest" -w '%{http_code}' "$job")" = 200 ]; do
  sleep 0.1
done

files=$(tr '{' '\n' <"$manifest" | sed -n "s|.*\"url\":\"\([^\"]*/\([^/\"]*\)\)\".*|-o $folder/\2 \1|p")
share=$(($(echo "$files" | wc -l) / parallel * 3))
case $way in
  one)
    echo "$files" | xargs curl --no-progress-meter -f --compressed -Z --parallel-max "$parallel"
    ;;
  each)
    echo "$files" | xargs -n "$share" -P "$parallel" curl -s -f --compressed
    ;;
  synced)
    echo "$files" | xargs -n "$share" -P "$parallel" sh -c '
      curl -s -f --compressed "$@"
      while [ $# -gt 0 ]; do
        echo "$2"
        shift 3
      done | xargs sync' curl
    ;;
esac

curl -s -f -o /dev/null -X DELETE "$job"

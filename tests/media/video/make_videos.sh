#!/bin/sh
# Makes the videos of the tests: make_videos.sh FFMPEG FOLDER
set -eu
ffmpeg=$1
folder=$2
mkdir -p "$folder"
cd "$folder"

# make NAME ENCODING…: two seconds of a moving picture.
make() {
    name=$1
    shift
    "$ffmpeg" -nostdin -loglevel error -y -f lavfi -i testsrc=duration=2:size=640x360:rate=15 \
        -pix_fmt yuv420p "$@" "$name"
}

make phone.mp4 -c:v libx264 -preset ultrafast -metadata creation_time=2026-11-20T02:15:30Z \
    -metadata location=+31.2304+121.4737+004.000/
make android.mov -c:v libx264 -preset ultrafast -metadata location=-33.8688+151.2093/
make apple.mov -c:v libx265 -preset ultrafast -x265-params log-level=none -tag:v hvc1 \
    -movflags use_metadata_tags \
    -metadata com.apple.quicktime.location.ISO6709=+39.9042+116.4074+044.100/ \
    -metadata com.apple.quicktime.location.accuracy.horizontal=6.5 \
    -metadata com.apple.quicktime.creationdate=2026-11-20T10:15:30+0800 \
    -metadata com.apple.quicktime.make=Apple -metadata "com.apple.quicktime.model=iPhone 15 Pro" \
    -metadata com.apple.quicktime.software=17.1
make mpeg4.mp4 -c:v mpeg4
make plain.mp4 -c:v libx264 -preset ultrafast
"$ffmpeg" -nostdin -loglevel error -y -i plain.mp4 -c copy -metadata:s:v rotate=90 turned.mp4
make motion.mp4 -c:v mjpeg -pix_fmt yuvj420p
"$ffmpeg" -nostdin -loglevel error -y -f lavfi -i sine=duration=1 -c:a aac sound.mp4
make web.webm -c:v libvpx -deadline realtime -cpu-used 8
touch made

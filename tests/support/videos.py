"""Videos as phones make them, by Debian's ffmpeg."""

import subprocess


def video_bytes(folder, *encoding, seconds=2, size="640x480", coding="libx264", suffix="mp4", created=None):
    """A moving test picture; `encoding` goes to ffmpeg as it is."""
    path = folder / f"video.{suffix}"
    time = ["-metadata", f"creation_time={created}"] if created else []
    fast = ["-preset", "ultrafast"] if coding.startswith("libx26") else []
    subprocess.run(["ffmpeg", "-nostdin", "-loglevel", "error", "-y", "-f", "lavfi",
                    "-i", f"testsrc=duration={seconds}:size={size}:rate=15", "-pix_fmt", "yuv420p",
                    "-c:v", coding, *fast, *time, *encoding, str(path)], check=True)
    return path.read_bytes()


def sound_bytes(folder):
    """A recording without pictures, in the same kind of file."""
    path = folder / "sound.mp4"
    subprocess.run(["ffmpeg", "-nostdin", "-loglevel", "error", "-y", "-f", "lavfi", "-i", "sine=duration=1",
                    "-c:a", "aac", str(path)], check=True)
    return path.read_bytes()

/** fieldproof-video-decoder: the process that a pool starts for videos. It takes no arguments. */
#include "media/decoder_loop.h"
#include "media/decoder_process.h"
#include "media/video/decode.h"

#include <time.h>

int main(void)
{
    tzset(); /* reads a file, which the sandbox forbids later */
    return decoder_loop_run(MEDIA_DECODER_SOCKET_FD, media_video_decode_file);
}

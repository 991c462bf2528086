/** The decoder process: a sandbox that decodes one photo after the other. */
#ifndef FIELDPROOF_MEDIA_DECODER_PROCESS_H
#define FIELDPROOF_MEDIA_DECODER_PROCESS_H

/** The descriptor on which the pool hands a decoder its socket. */
#define MEDIA_DECODER_SOCKET_FD 0

/**
 * Everything `fieldproof decoder` does: takes limits from the socket, locks itself in (no files, no
 * network, no new processes, ceilings on memory and CPU) and decodes photos until the socket ends.
 *
 * Call first thing in main(): closes every descriptor but the socket and stderr. Returns the
 * process's exit status.
 */
int media_decoder_process_main(int socket_fd);

#endif

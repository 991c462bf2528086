/*
 * Pango's background thread may still hold fontconfig objects when a render ends, and fontconfig
 * keeps a few for the process's life. They go with the rendering process.
 */
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig.so\n";
}

/* Which bytes and names has a process surely on its disk? Each completed sync is noted in a log.
 *
 * Preloaded (LD_PRELOAD) into every process under test; SYNC_LOG names the log. Sizes and names are
 * taken before the call, and noted after it, so that a sync which was under way counts for nothing:
 *
 *   F inode size            a file's first `size` bytes
 *   N folder inode name     a name in a folder
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void note(const char *text, size_t size) {
    const char *path = getenv("SYNC_LOG");
    int log = path ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    if (log < 0 || write(log, text, size) != (ssize_t)size) abort();
    close(log);
}

static char *names_in(int folder, unsigned long inode, size_t *size) {
    char *text = NULL;
    FILE *out = open_memstream(&text, size);
    DIR *entries = fdopendir(openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    for (struct dirent *each; out && entries && (each = readdir(entries));)
        fprintf(out, "N %lu %lu %s\n", inode, (unsigned long)each->d_ino, each->d_name);
    if (entries) closedir(entries);
    if (out) fclose(out);
    return text;
}

static int synced(int fd, const char *call) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, call);
    struct stat before;
    int known = fstat(fd, &before) == 0;
    size_t size = 0;
    char *text = NULL;
    if (known && S_ISDIR(before.st_mode))
        text = names_in(fd, before.st_ino, &size);
    else if (known && S_ISREG(before.st_mode))
        size = asprintf(&text, "F %lu %ld\n", (unsigned long)before.st_ino, (long)before.st_size);
    int result = real(fd), error = errno;
    if (result == 0 && text && size) note(text, size);
    free(text);
    errno = error;
    return result;
}

int fsync(int fd) { return synced(fd, "fsync"); }
int fdatasync(int fd) { return synced(fd, "fdatasync"); }

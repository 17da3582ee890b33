/* Counts what a process does to files below some directories, and lets the n-th of these operations go wrong.
 *
 * Loaded by LD_PRELOAD. fault_arm() says below which directories, at which operation and how: kill the process before
 * it ('k') or halfway through its bytes ('t'), stop it there ('s'), or let it fail with an error, once ('e') or, for
 * what takes room, from there on ('f', a full disk). The count is shared with whoever forked the process.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST 8
static char places[MOST][PATH_MAX];
static int many;
static long at;
static int how, error_number;
static volatile long *count;
static char *last; /* what the n-th operation was */

#define NAME_BYTES 256

__attribute__((constructor)) static void begin(void) {
  char *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  count = (volatile long *)shared;
  last = shared + 64;
}

void fault_arm(const char *below, long n, int way, int number) {
  char all[MOST * PATH_MAX];
  many = 0;
  snprintf(all, sizeof all, "%s", below);
  for (char *each = strtok(all, ":"); each && many < MOST; each = strtok(NULL, ":"))
    snprintf(places[many++], PATH_MAX, "%s", each);
  at = n, how = way, error_number = number;
  if (many) *count = 0, last[0] = 0; /* else it is a process beside one that is counted */
}

long fault_count(void) { return *count; }
const char *fault_last(void) { return last; }

static int below(const char *path) {
  for (int i = 0; i < many; i++) {
    size_t length = strlen(places[i]);
    if (!strncmp(path, places[i], length) && (path[length] == '/' || !path[length])) return 1;
  }
  return 0;
}

static void whole_name(char *whole, int directory, const char *path) {
  char link[64], base[PATH_MAX];
  if (path[0] == '/') { snprintf(whole, PATH_MAX, "%s", path); return; }
  if (directory == AT_FDCWD) snprintf(link, sizeof link, "/proc/self/cwd");
  else snprintf(link, sizeof link, "/proc/self/fd/%d", directory);
  ssize_t length = readlink(link, base, sizeof base - 1);
  base[length < 0 ? 0 : length] = 0;
  snprintf(whole, PATH_MAX, "%.2000s/%.2000s", base, path);
}

/* 0: go on; -1: fail with errno set; 1: do half of it and die */
static int fault(const char *what, const char *path, int takes_room) {
  if (!many || !below(path)) return 0;
  long now = ++*count;
  if (now == at) snprintf(last, NAME_BYTES, "%s %s", what, path);
  if (now == at && how == 'k') raise(SIGKILL);
  if (now == at && how == 's') raise(SIGSTOP);
  if (now == at && how == 't') { if (!takes_room) raise(SIGKILL); return 1; }
  if ((now == at && how == 'e') || (at && now >= at && how == 'f' && takes_room)) { errno = error_number; return -1; }
  return 0;
}

static int fault_of(const char *what, int directory, const char *path, int takes_room) {
  char whole[PATH_MAX];
  if (!many || !path) return 0;
  whole_name(whole, directory, path);
  return fault(what, whole, takes_room);
}

static int fault_at(const char *what, int descriptor, int takes_room) {
  char link[64], name[PATH_MAX];
  if (!many) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, name, sizeof name - 1);
  if (length <= 0) return 0;
  name[length] = 0;
  return fault(what, name, takes_room);
}

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) *(void **)&real = dlsym(RTLD_NEXT, name)
#define HALF(call) { ssize_t done = call; (void)done; raise(SIGKILL); }
#define CREATES (O_CREAT | O_TRUNC)
#define STOP(found) do { int f_ = (found); if (f_ < 0) return -1; if (f_ > 0) raise(SIGKILL); } while (0)

#define OPEN(name)                                                                                                     \
  int name(const char *path, int flags, ...) {                                                                         \
    va_list more; va_start(more, flags); mode_t mode = flags & CREATES ? va_arg(more, mode_t) : 0; va_end(more);       \
    REAL(int, #name, const char *, int, ...);                                                                          \
    if (flags & CREATES) STOP(fault_of("open", AT_FDCWD, path, 1));                                                    \
    return real(path, flags, mode);                                                                                    \
  }
OPEN(open) OPEN(open64)

#define OPENAT(name)                                                                                                   \
  int name(int directory, const char *path, int flags, ...) {                                                          \
    va_list more; va_start(more, flags); mode_t mode = flags & CREATES ? va_arg(more, mode_t) : 0; va_end(more);       \
    REAL(int, #name, int, const char *, int, ...);                                                                     \
    if (flags & CREATES) STOP(fault_of("openat", directory, path, 1));                                                 \
    return real(directory, path, flags, mode);                                                                         \
  }
OPENAT(openat) OPENAT(openat64)

ssize_t write(int descriptor, const void *bytes, size_t size) {
  REAL(ssize_t, "write", int, const void *, size_t);
  int found = fault_at("write", descriptor, 1);
  if (found < 0) return -1;
  if (found) HALF(real(descriptor, bytes, size / 2));
  return real(descriptor, bytes, size);
}

#define PWRITE(name, offset_type)                                                                                      \
  ssize_t name(int descriptor, const void *bytes, size_t size, offset_type offset) {                                   \
    REAL(ssize_t, #name, int, const void *, size_t, offset_type);                                                      \
    int found = fault_at("pwrite", descriptor, 1);                                                                     \
    if (found < 0) return -1;                                                                                          \
    if (found) HALF(real(descriptor, bytes, size / 2, offset));                                                        \
    return real(descriptor, bytes, size, offset);                                                                      \
  }
PWRITE(pwrite, off_t) PWRITE(pwrite64, off64_t)

ssize_t writev(int descriptor, const struct iovec *parts, int number) {
  REAL(ssize_t, "writev", int, const struct iovec *, int);
  STOP(fault_at("writev", descriptor, 1));
  return real(descriptor, parts, number);
}

#define SENDFILE(name, offset_type)                                                                                    \
  ssize_t name(int out, int in, offset_type *offset, size_t size) {                                                    \
    REAL(ssize_t, #name, int, int, offset_type *, size_t);                                                             \
    int found = fault_at("sendfile", out, 1);                                                                          \
    if (found < 0) return -1;                                                                                          \
    if (found) HALF(real(out, in, offset, size / 2 < 2000 ? size / 2 : 2000));                                         \
    return real(out, in, offset, size);                                                                                \
  }
SENDFILE(sendfile, off_t) SENDFILE(sendfile64, off64_t)

ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t size, unsigned int flags) {
  REAL(ssize_t, "copy_file_range", int, off64_t *, int, off64_t *, size_t, unsigned int);
  STOP(fault_at("copy_file_range", out, 1));
  return real(in, from, out, to, size, flags);
}

#define ON_FILE(name, room)                                                                                            \
  int name(int descriptor) {                                                                                           \
    REAL(int, #name, int);                                                                                             \
    STOP(fault_at(#name, descriptor, room));                                                                           \
    return real(descriptor);                                                                                           \
  }
ON_FILE(fsync, 0) ON_FILE(fdatasync, 0)

#define TRUNCATE(name, offset_type)                                                                                    \
  int name(int descriptor, offset_type size) {                                                                         \
    REAL(int, #name, int, offset_type);                                                                                \
    STOP(fault_at(#name, descriptor, 0));                                                                              \
    return real(descriptor, size);                                                                                     \
  }
TRUNCATE(ftruncate, off_t) TRUNCATE(ftruncate64, off64_t)

#define TRUNCATE_NAMED(name, offset_type)                                                                              \
  int name(const char *path, offset_type size) {                                                                       \
    REAL(int, #name, const char *, offset_type);                                                                       \
    STOP(fault_of(#name, AT_FDCWD, path, 0));                                                                          \
    return real(path, size);                                                                                           \
  }
TRUNCATE_NAMED(truncate, off_t) TRUNCATE_NAMED(truncate64, off64_t)

int fchmod(int descriptor, mode_t mode) {
  REAL(int, "fchmod", int, mode_t);
  STOP(fault_at("fchmod", descriptor, 0));
  return real(descriptor, mode);
}

int chmod(const char *path, mode_t mode) {
  REAL(int, "chmod", const char *, mode_t);
  STOP(fault_of("chmod", AT_FDCWD, path, 0));
  return real(path, mode);
}

int fchmodat(int directory, const char *path, mode_t mode, int flags) {
  REAL(int, "fchmodat", int, const char *, mode_t, int);
  STOP(fault_of("fchmodat", directory, path, 0));
  return real(directory, path, mode, flags);
}

int unlink(const char *path) {
  REAL(int, "unlink", const char *);
  STOP(fault_of("unlink", AT_FDCWD, path, 0));
  return real(path);
}

int unlinkat(int directory, const char *path, int flags) {
  REAL(int, "unlinkat", int, const char *, int);
  STOP(fault_of("unlinkat", directory, path, 0));
  return real(directory, path, flags);
}

int rmdir(const char *path) {
  REAL(int, "rmdir", const char *);
  STOP(fault_of("rmdir", AT_FDCWD, path, 0));
  return real(path);
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t);
  STOP(fault_of("mkdir", AT_FDCWD, path, 1));
  return real(path, mode);
}

int mkdirat(int directory, const char *path, mode_t mode) {
  REAL(int, "mkdirat", int, const char *, mode_t);
  STOP(fault_of("mkdirat", directory, path, 1));
  return real(directory, path, mode);
}

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  STOP(fault_of("rename", AT_FDCWD, to, 0));
  return real(from, to);
}

int renameat(int one, const char *from, int other, const char *to) {
  REAL(int, "renameat", int, const char *, int, const char *);
  STOP(fault_of("renameat", other, to, 0));
  return real(one, from, other, to);
}

int link(const char *from, const char *to) {
  REAL(int, "link", const char *, const char *);
  STOP(fault_of("link", AT_FDCWD, to, 1));
  return real(from, to);
}

int linkat(int one, const char *from, int other, const char *to, int flags) {
  REAL(int, "linkat", int, const char *, int, const char *, int);
  STOP(fault_of("linkat", other, to, 1));
  return real(one, from, other, to, flags);
}

int symlink(const char *from, const char *to) {
  REAL(int, "symlink", const char *, const char *);
  STOP(fault_of("symlink", AT_FDCWD, to, 1));
  return real(from, to);
}

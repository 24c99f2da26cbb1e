/*
 * Recorder of librados and librbd calls, to be preloaded into QEMU or into librados-driver.
 *
 * The configuration part of librados runs for real; the cluster is pretended. Each call is appended as one JSON line to
 * $RECORDER_LOG with what it returned; rados_connect adds the value of every option named in $RECORDER_OPTIONS (one a
 * line). /etc/ceph, /srv, /root and what is below them are looked up under $RECORDER_ROOT, so that a case brings its own
 * files.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

typedef void *handle_t;
typedef void (*rbd_callback_t)(void *completion, void *arg);

/* ---- files ---------------------------------------------------------------------------------------------------- */

static const char *const REDIRECTED[] = {"/etc/ceph", "/srv", "/root"};

static const char *redirect(const char *path, char *buffer, size_t size) {
  const char *root = getenv("RECORDER_ROOT");
  if (root == NULL || path == NULL) return path;
  for (size_t i = 0; i < sizeof REDIRECTED / sizeof REDIRECTED[0]; i++) {
    size_t length = strlen(REDIRECTED[i]);
    if (strncmp(path, REDIRECTED[i], length) == 0 && (path[length] == 0 || path[length] == '/')) {
      snprintf(buffer, size, "%s%s", root, path);
      return buffer;
    }
  }
  return path;
}

static void *next(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (found == NULL) {
    fprintf(stderr, "recorder: no %s\n", name);
    abort();
  }
  return found;
}

#define OPEN_LIKE(NAME)                                              \
  int NAME(const char *path, int flags, ...) {                       \
    static int (*real)(const char *, int, ...);                      \
    char buffer[4096];                                               \
    mode_t mode = 0;                                                 \
    if (flags & (O_CREAT | O_TMPFILE)) {                             \
      va_list list;                                                  \
      va_start(list, flags);                                         \
      mode = va_arg(list, mode_t);                                   \
      va_end(list);                                                  \
    }                                                                \
    if (real == NULL) real = next(#NAME);                            \
    return real(redirect(path, buffer, sizeof buffer), flags, mode); \
  }
OPEN_LIKE(open)
OPEN_LIKE(open64)

#define FOPEN_LIKE(NAME)                                      \
  FILE *NAME(const char *path, const char *mode) {            \
    static FILE *(*real)(const char *, const char *);         \
    char buffer[4096];                                        \
    if (real == NULL) real = next(#NAME);                     \
    return real(redirect(path, buffer, sizeof buffer), mode); \
  }
FOPEN_LIKE(fopen)
FOPEN_LIKE(fopen64)

#define STAT_LIKE(NAME, STRUCT)                               \
  int NAME(const char *path, struct STRUCT *into) {           \
    static int (*real)(const char *, struct STRUCT *);        \
    char buffer[4096];                                        \
    if (real == NULL) real = next(#NAME);                     \
    return real(redirect(path, buffer, sizeof buffer), into); \
  }
STAT_LIKE(stat, stat)
STAT_LIKE(stat64, stat64)

/* What stat was before glibc 2.33. */
#define XSTAT_LIKE(NAME, STRUCT)                                  \
  int NAME(int version, const char *path, struct STRUCT *into) {  \
    static int (*real)(int, const char *, struct STRUCT *);       \
    char buffer[4096];                                            \
    if (real == NULL) real = next(#NAME);                         \
    return real(version, redirect(path, buffer, sizeof buffer), into); \
  }
XSTAT_LIKE(__xstat, stat)
XSTAT_LIKE(__xstat64, stat64)

int access(const char *path, int mode) {
  static int (*real)(const char *, int);
  char buffer[4096];
  if (real == NULL) real = next("access");
  return real(redirect(path, buffer, sizeof buffer), mode);
}

/* ---- log ------------------------------------------------------------------------------------------------------ */

static char *line;
static size_t line_length, line_room;

static void put(const char *text, size_t length) {
  if (line_length + length + 1 > line_room) {
    line_room = (line_length + length + 1) * 2;
    line = realloc(line, line_room);
    if (line == NULL) abort();
  }
  memcpy(line + line_length, text, length);
  line_length += length;
}

static void put_text(const char *text) { put(text, strlen(text)); }

/* Bytes above 0x7e become \u00XX: the reader takes the characters for bytes again. */
static void put_json(const char *text) {
  if (text == NULL) {
    put_text("null");
    return;
  }
  put_text("\"");
  for (const unsigned char *c = (const unsigned char *)text; *c != 0; c++) {
    char escaped[8];
    if (*c == '"' || *c == '\\' || *c < 0x20 || *c > 0x7e) {
      snprintf(escaped, sizeof escaped, "\\u%04x", *c);
      put_text(escaped);
    } else {
      put((const char *)c, 1);
    }
  }
  put_text("\"");
}

static void put_number(long number) {
  char digits[32];
  snprintf(digits, sizeof digits, "%ld", number);
  put_text(digits);
}

static void begin(const char *call) {
  line_length = 0;
  put_text("[");
  put_json(call);
}

static void argument(const char *text) {
  put_text(",");
  put_json(text);
}

static void number(long value) {
  put_text(",");
  put_number(value);
}

static void finish(void) {
  static int (*real_open)(const char *, int, ...);
  const char *path = getenv("RECORDER_LOG");
  put_text("]\n");
  if (path == NULL) return;
  if (real_open == NULL) real_open = next("open");
  int fd = real_open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0 || write(fd, line, line_length) != (ssize_t)line_length) abort();
  close(fd);
}

/* ---- librados: the configuration is real ---------------------------------------------------------------------- */

/* QEMU loads librados with a module of its own, out of reach of RTLD_NEXT. */
static void *rados(const char *name) {
  static void *library;
  if (library == NULL) library = dlopen("librados.so.2", RTLD_NOW | RTLD_LOCAL);
  void *found = library == NULL ? NULL : dlsym(library, name);
  if (found == NULL) {
    fprintf(stderr, "recorder: no %s: %s\n", name, dlerror());
    abort();
  }
  return found;
}

int rados_create(handle_t *cluster, const char *id) {
  int (*real)(handle_t *, const char *) = rados("rados_create");
  int result = real(cluster, id);
  begin("rados_create");
  argument(id);
  number(result);
  finish();
  return result;
}

int rados_conf_set(handle_t cluster, const char *option, const char *value) {
  int (*real)(handle_t, const char *, const char *) = rados("rados_conf_set");
  int result = real(cluster, option, value);
  begin("rados_conf_set");
  argument(option);
  argument(value);
  number(result);
  finish();
  return result;
}

int rados_conf_read_file(handle_t cluster, const char *path) {
  int (*real)(handle_t, const char *) = rados("rados_conf_read_file");
  /* Logged before as well: some texts make librados abort the process. */
  begin("enter rados_conf_read_file");
  argument(path);
  finish();
  int result = real(cluster, path);
  begin("rados_conf_read_file");
  argument(path);
  number(result);
  finish();
  return result;
}

int rados_connect(handle_t cluster) {
  int (*get)(handle_t, const char *, char *, size_t) = rados("rados_conf_get");
  const char *path = getenv("RECORDER_OPTIONS");
  FILE *names = path == NULL ? NULL : fopen(path, "r");
  char name[256];
  static char value[1 << 16];
  begin("rados_connect");
  put_text(",{");
  for (int first = 1; names != NULL && fgets(name, sizeof name, names) != NULL;) {
    name[strcspn(name, "\n")] = 0;
    if (get(cluster, name, value, sizeof value) != 0) continue;
    if (!first) put_text(",");
    first = 0;
    put_json(name);
    put_text(":");
    put_json(value);
  }
  if (names != NULL) fclose(names);
  put_text("}");
  finish();
  return 0;
}

void rados_shutdown(handle_t cluster) {
  void (*real)(handle_t) = rados("rados_shutdown");
  real(cluster);
}

/* ---- the pretended pool and image ----------------------------------------------------------------------------- */

static char nothing[64];
static const uint64_t IMAGE_BYTES = 1 << 20;

int rados_ioctx_create(handle_t cluster, const char *pool, handle_t *into) {
  (void)cluster;
  *into = nothing;
  begin("rados_ioctx_create");
  argument(pool);
  finish();
  return 0;
}
void rados_ioctx_destroy(handle_t io) { (void)io; }
void rados_ioctx_set_namespace(handle_t io, const char *name) {
  (void)io;
  begin("rados_ioctx_set_namespace");
  argument(name);
  finish();
}

int rbd_open(handle_t io, const char *image, handle_t *into, const char *snapshot) {
  (void)io;
  *into = nothing;
  begin("rbd_open");
  argument(image);
  argument(snapshot);
  finish();
  return 0;
}
int rbd_open_read_only(handle_t io, const char *image, handle_t *into, const char *snapshot) {
  return rbd_open(io, image, into, snapshot);
}
int rbd_close(handle_t image) { (void)image; return 0; }

/* rbd_image_info_t begins with size, object size, number of objects, order. */
int rbd_stat(handle_t image, uint64_t *info, size_t size) {
  (void)image;
  memset(info, 0, size);
  info[0] = IMAGE_BYTES;
  info[1] = 4 << 20;
  info[2] = 1;
  return 0;
}
int rbd_get_size(handle_t image, uint64_t *size) { (void)image; *size = IMAGE_BYTES; return 0; }
int rbd_get_features(handle_t image, uint64_t *features) { (void)image; *features = 0; return 0; }
int rbd_get_flags(handle_t image, uint64_t *flags) { (void)image; *flags = 0; return 0; }
int rbd_get_parent_info(handle_t image, ...) { (void)image; return -ENOENT; }
int rbd_namespace_exists(handle_t io, const char *name, char *exists) { (void)io; (void)name; *exists = 1; return 0; }
int rbd_encryption_load(handle_t image, ...) { (void)image; return 0; }
int rbd_encryption_load2(handle_t image, ...) { (void)image; return 0; }
int rbd_invalidate_cache(handle_t image) { (void)image; return 0; }
int rbd_diff_iterate2(handle_t image, ...) { (void)image; return 0; }
int rbd_snap_list(handle_t image, void *list, int *max) { (void)image; (void)list; (void)max; return 0; }
void rbd_snap_list_end(void *list) { (void)list; }
ssize_t rbd_read(handle_t image, uint64_t offset, size_t length, char *into) {
  (void)image;
  (void)offset;
  memset(into, 0, length);
  return (ssize_t)length;
}

typedef struct {
  rbd_callback_t callback;
  void *arg;
  ssize_t result;
} completion_t;

int rbd_aio_create_completion(void *arg, rbd_callback_t callback, handle_t *into) {
  completion_t *made = calloc(1, sizeof *made);
  if (made == NULL) return -ENOMEM;
  made->callback = callback;
  made->arg = arg;
  *into = made;
  return 0;
}
ssize_t rbd_aio_get_return_value(completion_t *completion) { return completion->result; }
void rbd_aio_release(completion_t *completion) { free(completion); }

static int complete(completion_t *completion, ssize_t result) {
  completion->result = result;
  completion->callback(completion, completion->arg);
  return 0;
}

int rbd_aio_readv(handle_t image, const struct iovec *vector, int count, uint64_t offset, completion_t *completion) {
  ssize_t total = 0;
  (void)image;
  (void)offset;
  for (int i = 0; i < count; i++) {
    memset(vector[i].iov_base, 0, vector[i].iov_len);
    total += (ssize_t)vector[i].iov_len;
  }
  return complete(completion, total);
}
int rbd_aio_writev(handle_t image, const struct iovec *vector, int count, uint64_t offset, completion_t *completion) {
  (void)image;
  (void)vector;
  (void)count;
  (void)offset;
  return complete(completion, 0);
}
int rbd_aio_flush(handle_t image, completion_t *completion) {
  (void)image;
  begin("rbd_aio_flush");
  finish();
  return complete(completion, 0);
}
int rbd_aio_discard(handle_t image, uint64_t offset, uint64_t length, completion_t *completion) {
  (void)image;
  (void)offset;
  (void)length;
  return complete(completion, 0);
}
int rbd_aio_write_zeroes(handle_t image, uint64_t offset, size_t length, completion_t *completion, ...) {
  (void)image;
  (void)offset;
  (void)length;
  return complete(completion, 0);
}

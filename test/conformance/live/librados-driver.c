/*
 * Drives librados alone, under the recorder. Commands on standard input, one a line; arguments are hexadecimal bytes,
 * `-` for none: `env NAME VALUE|-`, `chdir PATH`, `create ID|-`, `set OPTION VALUE`, `read PATH|-`, `connect`, `end`.
 * Each command is answered by a line with its return code.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef void *handle_t;
int rados_create(handle_t *, const char *);
int rados_conf_set(handle_t, const char *, const char *);
int rados_conf_read_file(handle_t, const char *);
int rados_connect(handle_t);
void rados_shutdown(handle_t);

/* Decodes in place; NULL for `-`. */
static char *decode(char *hex) {
  if (hex == NULL || strcmp(hex, "-") == 0) return NULL;
  size_t out = 0;
  for (size_t in = 0; hex[in] != 0 && hex[in + 1] != 0; in += 2) {
    unsigned byte;
    if (sscanf(hex + in, "%2x", &byte) != 1) break;
    hex[out++] = (char)byte;
  }
  hex[out] = 0;
  return hex;
}

int main(void) {
  static char line[1 << 22];
  handle_t cluster = NULL;
  while (fgets(line, sizeof line, stdin) != NULL) {
    char *save = NULL;
    char *command = strtok_r(line, " \n", &save);
    char *first = strtok_r(NULL, " \n", &save);
    char *second = strtok_r(NULL, " \n", &save);
    if (command == NULL) continue;
    /* An empty argument is written `=`, which decodes to nothing. */
    char *a = decode(first), *b = decode(second);
    int result = 0;
    if (strcmp(command, "env") == 0) result = b == NULL ? unsetenv(a) : setenv(a, b, 1);
    else if (strcmp(command, "chdir") == 0) result = chdir(a);
    else if (strcmp(command, "create") == 0) result = rados_create(&cluster, a);
    else if (strcmp(command, "set") == 0) result = rados_conf_set(cluster, a, b == NULL ? "" : b);
    else if (strcmp(command, "read") == 0) result = rados_conf_read_file(cluster, a);
    else if (strcmp(command, "connect") == 0) result = rados_connect(cluster);
    else if (strcmp(command, "end") == 0) {
      if (cluster != NULL) rados_shutdown(cluster);
      cluster = NULL;
    }
    printf("%d\n", result);
    fflush(stdout);
  }
  return 0;
}

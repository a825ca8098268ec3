/* Preloaded into pcscd: vpcd listens on every interface and has no option for it, and it sends each message in two parts.
   Here 0.0.0.0 becomes 127.0.0.1, and accepted connections send at once instead of waiting 40 ms (Nagle). */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <sys/socket.h>

int bind(int fd, const struct sockaddr *address, socklen_t length)
{
  int (*next)(int, const struct sockaddr *, socklen_t) = dlsym(RTLD_NEXT, "bind");
  if (address != NULL && address->sa_family == AF_INET && length >= sizeof(struct sockaddr_in)) {
    struct sockaddr_in local = *(const struct sockaddr_in *)address;
    if (local.sin_addr.s_addr == htonl(INADDR_ANY)) {
      local.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    }
    return next(fd, (const struct sockaddr *)&local, sizeof local);
  }
  return next(fd, address, length);
}

int accept(int fd, struct sockaddr *address, socklen_t *length)
{
  int (*next)(int, struct sockaddr *, socklen_t *) = dlsym(RTLD_NEXT, "accept");
  int connection = next(fd, address, length);
  int on = 1;
  if (connection >= 0) {
    /* Fails on pcscd's own local socket, which needs it not. */
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  return connection;
}

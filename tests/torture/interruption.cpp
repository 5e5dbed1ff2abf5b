#include "interruption.h"

#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigpending is POSIX

namespace migrate::torture {

void keep_interrupts_pending() {
  sigset_t both;
  sigemptyset(&both);
  sigaddset(&both, SIGINT);
  sigaddset(&both, SIGTERM);
  ::sigprocmask(SIG_BLOCK, &both, nullptr);
}

void stop_if_interrupted() {
  sigset_t came;
  sigemptyset(&came);
  ::sigpending(&came);
  if (sigismember(&came, SIGINT) == 1 || sigismember(&came, SIGTERM) == 1) throw Interrupted{};
}

}  // namespace migrate::torture

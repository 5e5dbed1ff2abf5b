#include "app/backup/verify.h"

#include <fmt/format.h>

#include "core/rehearsal/attestation.h"
#include "load.h"
#include "movement.h"
#include "stopping.h"

namespace migrate::app {
namespace {

/// "MySQL 9.7" of "MySQL 9.7.4-2"
std::string series_of(const std::string& server) {
  const auto space = server.find(' ');
  return server.substr(0, space + 1) +
         core::rehearsal::server_series(std::string_view(server).substr(space + 1));
}

}  // namespace

core::backup::Verification verify_backup(const VerifyBackupPorts& ports, const Verifier& verifier) {
  const core::backup::Manifest& manifest = ports.backup.manifest();
  core::backup::Verification verification{.manifest = manifest,
                                          .path = ports.backup.path(),
                                          .server = {},
                                          .differences = {},
                                          .warnings = {}};
  if (const auto damage = damage_of(ports.backup, ports.events, ports.cancellation)) {
    verification.differences.push_back(*damage);
    return verification;
  }
  const auto target = ports.target();
  verification.server = target->server();
  const std::string there = core::backup::server_text(manifest.server);
  if (series_of(there) != series_of(target->server())) {
    verification.warnings.push_back(
        fmt::format("it was made of {}, and restored into {}", there, target->server()));
  }
  load_dump(ports.backup, *target, ports.events, ports.cancellation);
  Movement(ports.events, "comparing " + manifest.file, manifest.dump_bytes).add(0);
  verification.differences = core::backup::object_differences(
      manifest.objects, core::backup::object_prints(target->schema()));
  for (std::string& one :
       core::backup::content_differences(manifest.tables, target->content(manifest.tables)))
    verification.differences.push_back(std::move(one));
  stop_if_asked(ports.cancellation, "the backup is not verified");
  if (verification.passed()) {
    ports.backup.keep({.at = verifier.at,
                       .by = verifier.by,
                       .server = verification.server,
                       .tool_version = verifier.tool_version,
                       .warnings = verification.warnings});
    verification.manifest = ports.backup.manifest();
  }
  return verification;
}

}  // namespace migrate::app

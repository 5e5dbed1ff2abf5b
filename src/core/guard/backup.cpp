#include "core/guard/backup.h"

#include <optional>

#include <fmt/format.h>

#include "core/guard/name.h"

namespace migrate::core::guard {
namespace {

using std::chrono::seconds;

std::optional<seconds> age_of(const backup::Manifest& manifest, const std::string& now) {
  const auto made = backup::seconds_of(manifest.at);
  const auto today = backup::seconds_of(now);
  if (!made || !today) return std::nullopt;
  return seconds(*today - *made);
}

bool is_of(const backup::Manifest& manifest, const backup::ServerIdentity& server) {
  return manifest.server.id == server.id && manifest.server.schema == server.schema;
}

/// Why none of them will do: of those of this schema and server, the newest.
std::string what_is_there(const std::vector<backup::Found>& found,
                          const backup::ServerIdentity& server) {
  if (found.empty()) return "it is empty";
  const backup::Manifest* others = nullptr;
  for (const backup::Found& one : found) {
    if (!one.manifest) continue;
    if (is_of(*one.manifest, server))
      return fmt::format("the newest, {}, was not verified", one.manifest->file);
    if (others == nullptr) others = &*one.manifest;
  }
  if (others != nullptr) {
    return others->server.schema == server.schema
               ? fmt::format("{} is of another server ({})", others->file, others->server.id)
               : fmt::format("{} is of the schema {}", others->file, others->server.schema);
  }
  return found.front().problem.empty() ? "none is whole" : found.front().problem;
}

}  // namespace

std::string age_text(seconds age) {
  using std::chrono::duration_cast;
  using std::chrono::hours;
  using std::chrono::minutes;
  if (age < minutes(2)) return fmt::format("{} s", age.count());
  if (age < hours(3)) return fmt::format("{} min", duration_cast<minutes>(age).count());
  if (age < hours(72)) return fmt::format("{} h", duration_cast<hours>(age).count());
  return fmt::format("{} days", duration_cast<hours>(age).count() / 24);
}

Verdict backup_verdict(const std::vector<backup::Found>& found, const BackupPolicy& policy,
                       const backup::ServerIdentity& server, const std::string& now) {
  Verdict verdict{.guard = std::string(name_of(Name::backup)),
                  .outcome = Verdict::Outcome::refused};
  const backup::Found* unverified = nullptr;
  for (const backup::Found& one : found) {
    if (!one.manifest || !is_of(*one.manifest, server)) continue;
    const auto age = age_of(*one.manifest, now);
    if (!age) continue;
    const bool is_young = *age <= policy.max_age;
    if (!one.manifest->verified) {
      if (is_young && unverified == nullptr) unverified = &one;
      continue;
    }
    if (is_young) {
      verdict.outcome = Verdict::Outcome::passed;
      return verdict;
    }
    verdict.saw = fmt::format("the newest verified backup of {}, {}, is {} old, and may be {}",
                              server.schema, one.path, age_text(*age), age_text(policy.max_age));
    break;
  }
  if (verdict.saw.empty()) {
    verdict.saw = fmt::format("no verified backup of {} on this server in {}: {}", server.schema,
                              policy.folder, what_is_there(found, server));
  }
  // One that is young enough need only be verified.
  verdict.way_out = unverified != nullptr
                        ? fmt::format("restore it, to see that it can be: migrate backup verify {}",
                                      unverified->path)
                        : "make one: migrate backup --verify";
  return verdict;
}

}  // namespace migrate::core::guard

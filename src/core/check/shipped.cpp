#include "core/check/check.h"

namespace migrate::core::check {
namespace {

using Comparison = Expectation::Comparison;

// Held messages are 800 years ahead (runbooks/operating-the-outbox.md), and what is scheduled for
// later is not late: neither counts as waiting. Each query is a range of an index of its table,
// but where it says otherwise.
std::vector<Check> outbox_checks() {
  return {
      {.name = "outbox-delivery-rate",
       .query = "SELECT COALESCE(ROUND(100 * delivered / NULLIF(delivered + waiting, 0), 1), 100)\n"
                "  FROM (SELECT (SELECT COUNT(*) FROM outbox\n"
                "                 WHERE delivered_at >= UTC_TIMESTAMP(6) - INTERVAL 15 MINUTE) AS "
                "delivered,\n"
                "               (SELECT COUNT(*) FROM outbox\n"
                "                 WHERE available_at <= UTC_TIMESTAMP(6)) AS waiting) AS counted",
       .expect = {.comparison = Comparison::at_least, .bound = 90},
       .severity = Severity::warning,
       .reason = "percent delivered of what was due in the last 15 minutes; below, workers do not "
                 "keep up",
       .needs = {"outbox"}},
      // Reads all that is undelivered: when a message last failed has no index.
      {.name = "outbox-error-rate",
       .query =
           "SELECT COALESCE(ROUND(100 * failed / NULLIF(failed + delivered, 0), 1), 0)\n"
           "  FROM (SELECT (SELECT COUNT(*) FROM outbox\n"
           "                 WHERE delivered_at IS NULL\n"
           "                   AND last_error_at >= UTC_TIMESTAMP(6) - INTERVAL 15 MINUTE)\n"
           "             + (SELECT COUNT(*) FROM outbox_dead_letter\n"
           "                 WHERE moved_at >= UTC_TIMESTAMP(6) - INTERVAL 15 MINUTE) AS failed,\n"
           "               (SELECT COUNT(*) FROM outbox\n"
           "                 WHERE delivered_at >= UTC_TIMESTAMP(6) - INTERVAL 15 MINUTE) AS "
           "delivered) AS counted",
       .expect = {.comparison = Comparison::at_most, .bound = 10},
       .severity = Severity::warning,
       .reason = "percent of the messages tried in the last 15 minutes that failed and are not "
                 "delivered; above, the broker refuses or is down",
       .needs = {"outbox", "outbox_dead_letter"}},
      // Reads all that is undelivered.
      {.name = "outbox-oldest-undelivered",
       .query = "SELECT GREATEST(COALESCE(MAX(TIMESTAMPDIFF(SECOND,\n"
                "         IF(attempts = 0, available_at, created_at), UTC_TIMESTAMP(6))), 0), 0)\n"
                "  FROM outbox\n"
                " WHERE delivered_at IS NULL AND available_at < UTC_TIMESTAMP(6) + INTERVAL 1 DAY",
       .expect = {.comparison = Comparison::at_most, .bound = 300},
       .severity = Severity::error,
       .reason = "seconds since the oldest message that is not delivered was written, or was due; "
                 "above, no worker runs, or one message fails again and again",
       .needs = {"outbox"}},
      {.name = "outbox-dead-letters",
       .query = "SELECT COUNT(*) FROM outbox_dead_letter",
       .expect = {.comparison = Comparison::at_most, .bound = 100},
       .severity = Severity::warning,
       .reason = "messages that were given up and wait for somebody to requeue or delete them",
       .needs = {"outbox_dead_letter"}},
      {.name = "outbox-dead-letters-growth",
       .query = "SELECT COUNT(*) FROM outbox_dead_letter\n"
                " WHERE moved_at >= UTC_TIMESTAMP(6) - INTERVAL 1 HOUR",
       .expect = {.comparison = Comparison::at_most, .bound = 10},
       .severity = Severity::error,
       .reason = "messages given up in the last hour; above, something that was delivered before "
                 "no longer can be",
       .needs = {"outbox_dead_letter"}},
      {.name = "outbox-expired-leases",
       .query = "SELECT COUNT(*) FROM outbox\n"
                " WHERE available_at <= UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE\n"
                "   AND locked_until <= UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE",
       .expect = {.comparison = Comparison::equal, .bound = 0},
       .severity = Severity::warning,
       .reason = "leases that ended more than a minute ago and nobody claimed again; their workers "
                 "died or are stuck, and no other keeps up",
       .needs = {"outbox"}},
  };
}

std::vector<Check> refresh_token_checks() {
  return {
      {.name = "refresh-tokens-not-purged",
       .query = "SELECT COUNT(*) FROM refresh_tokens\n"
                " WHERE expires_at < UTC_TIMESTAMP(6) - INTERVAL 1 DAY",
       .expect = {.comparison = Comparison::equal, .bound = 0},
       .severity = Severity::warning,
       .reason = "tokens that expired more than a day ago and are still there; the purge does not "
                 "run, or does not keep up",
       .needs = {"refresh_tokens"}},
      // Reads the whole table: what came back has no index.
      {.name = "refresh-tokens-reused",
       .query = "SELECT COUNT(DISTINCT family_id) FROM refresh_tokens\n"
                " WHERE reused_at >= UTC_TIMESTAMP(6) - INTERVAL 1 DAY",
       .expect = {.comparison = Comparison::equal, .bound = 0},
       .severity = Severity::warning,
       .reason = "sign-ins of which a token came back in the last day although it was rotated or "
                 "revoked; two parties hold it",
       .needs = {"refresh_tokens"}},
  };
}

std::vector<Check> all() {
  std::vector<Check> checks = outbox_checks();
  for (Check& check : refresh_token_checks()) checks.push_back(std::move(check));
  for (Check& check : checks) check.origin = "shipped";
  return checks;
}

}  // namespace

const std::vector<Check>& shipped_checks() {
  static const std::vector<Check> checks = all();
  return checks;
}

}  // namespace migrate::core::check

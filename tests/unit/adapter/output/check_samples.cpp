#include "unit/adapter/output/samples.h"

namespace migrate::output::samples {
namespace {

using core::check::Answer;
using core::check::Check;
using core::check::Severity;

Check shipped(const std::string& name, Severity severity) {
  for (Check check : core::check::shipped_checks()) {
    if (check.name != name) continue;
    check.severity = severity;
    return check;
  }
  return {};
}

Answer one_value(const std::string& value, std::uint64_t duration_us) {
  return {.rows = 1, .columns = 1, .value = value, .duration_us = duration_us};
}

Check own() {
  return {.name = "orders-without-customer",
          .query = "SELECT orders.id\n  FROM orders\n WHERE customer_id < 5 AND note = '&\"'",
          .expect = {.of = core::check::Expectation::Of::rows},
          .severity = Severity::error,
          .when = {core::check::Moment::before, core::check::Moment::after},
          .reason = "an order <without> a customer & a \"name\" cannot be invoiced",
          .origin = "migrate.yaml:12"};
}

}  // namespace

core::check::Look look() {
  core::check::Look look{.at = "2026-01-05 09:00:00"};
  look.results = {
      judge(shipped("outbox-delivery-rate", Severity::warning), one_value("99.8", 2100)),
      judge(shipped("outbox-dead-letters", Severity::warning), one_value("240", 900)),
      judge(shipped("outbox-expired-leases", Severity::notice), one_value("1", 400)),
      judge(own(), {.rows = 3, .columns = 1, .value = "17", .duration_us = 5300}),
      judge(shipped("outbox-error-rate", Severity::error),
            {.error = core::ServerError{3024, "HY000",
                                        "Query execution was interrupted, maximum statement "
                                        "execution time exceeded"},
             .duration_us = 10'000'000}),
      left_out(shipped("refresh-tokens-reused", Severity::warning), "refresh_tokens")};
  return look;
}

core::check::Look later_look() {
  core::check::Look look = samples::look();
  look.at = "2026-01-05 09:01:00";
  look.results[1] = judge(look.results[1].check, one_value("251", 800));
  look.results[3] = judge(look.results[3].check, Answer{.duration_us = 5100});
  return look;
}

core::RunReport check_failed() {
  core::RunReport report = done();
  for (const core::check::Result& result : look().results) {
    if (result.check.name == "orders-without-customer")
      report.add(core::event::Checked{core::check::Moment::after, result});
  }
  report.code = core::ExitCode::check_failed;
  return report;
}

}  // namespace migrate::output::samples

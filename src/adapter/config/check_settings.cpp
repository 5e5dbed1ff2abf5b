#include "adapter/config/check_settings.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "core/suggestion.h"

namespace migrate::config {
namespace {

using core::check::Check;

struct Entry {
  Check check;
  bool off = false;
};

class Checks {
 public:
  Checks() {
    for (const Check& check : core::check::shipped_checks()) entries_.push_back({check});
  }

  void apply(const CheckSetting& setting) {
    const auto found =
        std::ranges::find(entries_, setting.name, [](const Entry& e) { return e.check.name; });
    if (found == entries_.end()) return add(setting);
    found->off = setting.off;
    if (!setting.off) change(found->check, setting);
  }

  std::vector<Check> take() {
    std::vector<Check> checks;
    for (Entry& entry : entries_) {
      if (!entry.off) checks.push_back(std::move(entry.check));
    }
    return checks;
  }

 private:
  void add(const CheckSetting& setting) {
    if (setting.off) throw unknown(setting, "there is no such check");
    if (!setting.query) throw unknown(setting, "a check without 'query'");
    for (const auto& [key, given] : {std::pair("expect", setting.expect.has_value()),
                                     std::pair("reason", setting.reason.has_value())}) {
      if (given) continue;
      throw fault_at(setting.origin, fmt::format("{}: a check without '{}'", setting.name, key),
                     "write query, expect and reason");
    }
    Check& check = entries_.emplace_back().check;
    check.name = setting.name;
    change(check, setting);
  }

  core::Fault unknown(const CheckSetting& setting, const std::string& what) const {
    std::vector<std::string_view> names;
    names.reserve(entries_.size());
    for (const Entry& entry : entries_) names.push_back(entry.check.name);
    const std::string nearest = core::nearest(setting.name, names);
    return fault_at(
        setting.origin,
        fmt::format("{}: {}{}", setting.name, what,
                    nearest.empty() ? "" : fmt::format("; did you mean '{}'?", nearest)),
        "see the checks that there are with: migrate check --list");
  }

  static void change(Check& check, const CheckSetting& setting) {
    if (setting.query) check.query = *setting.query;
    if (setting.expect) check.expect = *setting.expect;
    if (setting.severity) check.severity = *setting.severity;
    if (setting.when) check.when = *setting.when;
    if (setting.reason) check.reason = *setting.reason;
    if (setting.needs) check.needs = *setting.needs;
    if (setting.time_limit) check.time_limit = *setting.time_limit;
    check.origin = setting.origin.shown();
  }

  std::vector<Entry> entries_;
};

}  // namespace

std::vector<Check> checks_of(const std::vector<CheckSetting>& project,
                             const std::vector<CheckSetting>& environment) {
  Checks checks;
  for (const auto* settings : {&project, &environment}) {
    for (const CheckSetting& setting : *settings) checks.apply(setting);
  }
  return checks.take();
}

}  // namespace migrate::config

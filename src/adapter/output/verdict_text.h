#pragma once

#include <string>

#include "adapter/output/style.h"
#include "core/report.h"

namespace migrate::output {

/// Writes the verdicts that stop a run, for somebody who is woken by them: what happened, where,
/// what the server has now, what to type.
class VerdictText {
 public:
  /// `program` begins every command to type. Both must outlive it.
  VerdictText(const Style& style, const std::string& program) : style_(style), program_(program) {}

  /// `command` is the run's: "up", "down", "exec", …
  std::string failure(const core::event::StepFailed& failed, const std::string& command) const;
  std::string refusal(const core::Refusal& refusal) const;

  // What they are made of, each a line or several.
  /// "✗ failed: 2_prices (up), statement 3 of 3"
  std::string title(std::string_view verdict, std::string_view what) const;
  /// "  Server      Unknown column …"
  std::string field(std::string_view label, std::string_view text) const;
  /// Its first lines.
  std::string statement(const std::string& text) const;

 private:
  /// A command stands on a line of its own, whole, so that it can be copied.
  std::string next(std::string_view text, std::string_view command) const;
  std::string next(const core::event::StepFailed& failed, const std::string& command) const;

  const Style& style_;
  const std::string& program_;
};

}  // namespace migrate::output

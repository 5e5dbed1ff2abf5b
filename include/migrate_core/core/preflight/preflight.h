#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/check/result.h"
#include "core/exit_code.h"
#include "core/guard/verdict.h"
#include "core/plan.h"
#include "core/status.h"

namespace migrate::core::preflight {

enum class Outcome {
  clear,
  warned,     ///< worth reading; a run would start
  refused,    ///< a run would not start
  not_asked,  ///< nobody wants it to be asked, or it could not be
};

/// One thing that is looked at before a run.
struct Item {
  std::string name;  ///< "plan", "schema", a guard's or a check's
  Outcome outcome = Outcome::clear;
  std::string saw;                    ///< the fact, in words
  std::string way_out;                ///< of a refusal: the next command to type, or what to mend
  ExitCode code = ExitCode::refused;  ///< of a refusal
};

/// Everything, in the order in which `up` would meet it.
struct Preflight {
  std::vector<Item> items;

  std::size_t count(Outcome outcome) const;
  /// That of the first refusal; done when there is none.
  ExitCode exit_code() const;
};

Item item_of(const PlanResult& plan);
Item item_of(const SchemaStatus& schema);
/// `overrides`: what somebody would take upon them.
Item item_of(const guard::Verdict& verdict, const std::vector<guard::Override>& overrides);
Item item_of(const check::Result& result);
/// Of each of the guards that `asked` has no verdict of.
std::vector<Item> guards_not_asked(const std::vector<guard::Verdict>& asked,
                                   const std::string& why);

}  // namespace migrate::core::preflight

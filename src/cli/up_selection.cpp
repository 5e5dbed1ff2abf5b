#include "up_selection.h"

#include "count.h"
#include "reason.h"
#include "version_option.h"

namespace migrate::cli {

void add_selection(CLI::App& command, UpSelection& selection) {
  command.add_option("--to", selection.to, "Last version to apply")->type_name("VERSION");
  command.add_option("--steps", selection.steps, "Apply at most N versioned steps")
      ->check(at_least_one())
      ->type_name("N");
  command.add_flag("--allow-out-of-order", selection.allow_out_of_order,
                   "Apply a step although a higher version is already applied");
  command
      .add_option("--accept-drift", selection.accept_drift,
                  "Run although objects that the steps change are not what the last run left; the "
                  "log keeps the reason")
      ->check(says_something())
      ->type_name("REASON");
  command
      .add_option_function<std::string>(
          "--on-failure",
          [&selection](const std::string& word) {
            selection.on_failure =
                word == "rollback" ? core::OnFailure::rollback : core::OnFailure::stop;
          },
          "stop (default), or rollback: undo what ran of a step that fails")
      ->check(CLI::IsMember({"stop", "rollback"}))
      ->type_name("WHAT");
}

void add_frozen(CLI::App& command, std::string& path, const std::string& help) {
  auto* plan = command.add_option("--plan", path, help);
  plan->type_name("FILE")->check(CLI::ExistingFile);
  for (const char* selected :
       {"--to", "--steps", "--allow-out-of-order", "--accept-drift", "--on-failure"})
    plan->excludes(command.get_option(selected));
}

core::UpRequest request_of(World& world, const UpSelection& selection) {
  return {.to = version_option("--to", selection.to),
          .steps = selection.steps,
          .out_of_order =
              selection.allow_out_of_order ? core::OutOfOrder::allow : core::OutOfOrder::refuse,
          .on_failure = selection.on_failure,
          .accept_drift = selection.accept_drift,
          .ignored_objects = world.ignored_objects()};
}

}  // namespace migrate::cli

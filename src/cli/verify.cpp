#include "app/rehearsal/verify.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/planning.h"
#include "app/rehearsal/attestations.h"
#include "commands.h"
#include "core/fault.h"
#include "core/rehearsal/server_traits.h"
#include "core/schema/ignore.h"
#include "core/version.h"
#include "count.h"

namespace migrate::cli {
namespace {

constexpr std::string_view scratch_prefix = "migrate_verify_";
constexpr std::uint64_t rows_of_a_sample = 200;
constexpr std::uint64_t looked_at = 1000;

struct VerifyOptions {
  std::vector<std::string> which;
  bool all = false;
  std::string on;
  std::string from;
  std::uint64_t rows = 0;
  std::string sample;
  std::string record;
  std::string previous;
  std::string out;
};

using core::rehearsal::ServerTraits;
using core::rehearsal::Verification;

bool names(const std::string& word, const core::Step& step) {
  const auto path_is = [&](const core::ScriptFile& file) {
    return std::filesystem::path(word).lexically_normal() ==
           std::filesystem::path(file.path).lexically_normal();
  };
  const auto version = core::Version::parse(word);
  const bool by_version =
      step.id.kind == core::StepKind::versioned && version && version->canonical() == step.id.key;
  return by_version || word == core::display_name(step.id, step.name) || path_is(step.up) ||
         (step.down && path_is(*step.down));
}

/// A rehearsal from its options to its report.
class Verify {
 public:
  Verify(World& world, const VerifyOptions& options) : world_(world), options_(options) {}

  core::ExitCode run() {
    if (auto refusal = refuse_protected()) return refuse(*refusal);
    catalog_ = app::load_catalog(world_.steps());
    if (auto refusal = take_due_steps()) return refuse(*refusal);
    if (auto refusal = choose()) return refuse(*refusal);
    take_ground();
    take_sample();
    take_previous();
    std::optional<core::Refusal> refusal;
    Verification verification;
    const auto rehearse = [&](const app::RehearsalPorts& ports) {
      refusal = refuse_family(ports);
      if (!refusal) refusal = refuse_reach(ports);
      if (!refusal) verification = app::verify(ports, request_);
      if (!refusal) describe(ports, verification);
    };
    if (options_.on.empty()) {
      world_.rehearse(ScratchPlace::private_server, there_, rehearse);
    } else {
      other(options_.on, "--on").rehearse(ScratchPlace::target, there_, rehearse);
    }
    if (refusal) return refuse(*refusal);
    attest(verification);
    world_.presenter().verification(verification);
    return verification.code();
  }

 private:
  core::ExitCode refuse(const core::Refusal& refusal) {
    world_.presenter().refusal(refusal);
    return refusal.code;
  }

  /// `flag`: what named it.
  World& other(const std::string& name, const std::string& flag) {
    auto& world = others_[name];
    if (!world) world = world_.in_environment(name, flag);
    return *world;
  }

  std::optional<core::Refusal> refuse_protected() {
    if (options_.on.empty()) return std::nullopt;
    const Target target = other(options_.on, "--on").target();
    const bool is_scratch = target.schema.starts_with(scratch_prefix);
    if (target.protection == Protection::off || is_scratch) return std::nullopt;
    return core::Refusal{
        .reason = fmt::format("environment {} is protected: nothing is rehearsed on its server",
                              options_.on),
        .way_out = "rehearse on the private server: without --on"};
  }

  /// All steps, or those that are pending in the environment.
  std::optional<core::Refusal> take_due_steps() {
    if (!options_.all && is_there()) {
      auto refusal = take_pending_steps();
      if (world_.target().place == Place::server) return refusal;
      if (refusal) {
        warnings_.push_back(fmt::format("all steps, because {} does not tell which are due: {}",
                                        name_of_there_, refusal->reason));
      }
      if (!refusal && !request_.steps.empty()) return std::nullopt;
    }
    pending_ = false;
    request_.steps = catalog_.repeatable;
    request_.steps.insert(request_.steps.end(), catalog_.versioned.begin(),
                          catalog_.versioned.end());
    return std::nullopt;
  }

  /// The project's private server is not made to be asked.
  bool is_there() {
    return world_.target().place == Place::server ||
           world_.sandbox().status().state != port::SandboxState::absent;
  }

  std::optional<core::Refusal> take_pending_steps() {
    pending_ = true;
    session_ = world_.connect();
    there_ = world_.facts()->traits();
    name_of_there_ = name_of(world_.target());
    if (world_.target().place == Place::private_server && session_->history().load().empty())
      return std::nullopt;
    auto result = app::plan_up_on(*session_, world_.steps(), catalog_,
                                  {.out_of_order = core::OutOfOrder::allow,
                                   .accept_drift = "rehearsed as it is",
                                   .ignored_objects = world_.ignored_objects()});
    if (const auto* refusal = std::get_if<core::Refusal>(&result)) return *refusal;
    const auto& plan = std::get<core::Plan>(result);
    std::vector<core::Step> due;
    for (const core::PlannedStep& planned : plan.steps) {
      const bool anew = planned.reason == core::Reason::pending ||
                        planned.reason == core::Reason::changed_repeatable;
      if (!anew) {
        return core::Refusal{
            .reason =
                fmt::format("{} is half-applied in {}: it cannot be rehearsed from there",
                            core::display_name(planned.step.id, planned.step.name), name_of_there_),
            .way_out = "finish it first: migrate up"};
      }
      due.push_back(planned.step);
    }
    request_.steps = std::move(due);
    warnings_ = plan.warnings;
    return std::nullopt;
  }

  static std::string name_of(const Target& target) {
    if (!target.environment.empty()) return target.environment;
    return target.place == Place::server ? "the schema " + target.schema : "the private server";
  }

  std::optional<core::Refusal> choose() {
    std::set<std::string> chosen;
    std::size_t last = 0;
    for (const std::string& word : options_.which) {
      const auto named = [&](const core::Step& step) { return names(word, step); };
      const auto found = std::ranges::find_if(request_.steps, named);
      if (found == request_.steps.end()) return not_there(word, named);
      chosen.insert(core::display_name(found->id, found->name));
      last = std::max(last, static_cast<std::size_t>(found - request_.steps.begin()));
    }
    if (!chosen.empty()) request_.steps.resize(last + 1);
    request_.is_chosen = [chosen](const core::Step& step) {
      return chosen.empty() || chosen.contains(core::display_name(step.id, step.name));
    };
    return std::nullopt;
  }

  template <class Named>
  core::Refusal not_there(const std::string& word, const Named& named) const {
    const bool known = std::ranges::any_of(catalog_.repeatable, named) ||
                       std::ranges::any_of(catalog_.versioned, named);
    if (known) {
      return {.reason = fmt::format("{} is applied in {}: what it began with is gone", word,
                                    name_of_there_),
              .way_out =
                  fmt::format("rehearse it from an empty schema: migrate verify --all {}", word)};
    }
    return {.code = core::ExitCode::usage,
            .reason = fmt::format("no step on disk is '{}'", word),
            .way_out = "name a version, a step or a file; see them with: migrate status"};
  }

  void take_ground() {
    app::Ground& ground = request_.ground;
    if (options_.from == "empty") return;
    if (options_.from.empty()) {
      if (!pending_) return;
      ground.schema = structure(*session_);
      const Target target = world_.target();
      const bool is_named = !target.environment.empty() || target.place == Place::private_server;
      ground.words = is_named ? "the schema of " + name_of_there_ : name_of_there_;
    } else if (std::filesystem::exists(options_.from) || options_.from.ends_with(".sql")) {
      ground.file = world_.load_script(options_.from);
      ground.words = options_.from;
    } else {
      World& from = other(options_.from, "--from");
      from_session_ = from.connect();
      ground.schema = structure(*from_session_);
      ground.words = "the schema of " + options_.from;
      there_ = from.facts()->traits();
      name_of_there_ = options_.from;
    }
  }

  core::schema::Schema structure(port::Session& session) const {
    return core::schema::without_ignored(session.schema().read(), world_.ignored_objects());
  }

  /// What the ddl files were: a folder says so, or the history of the environment that is rehearsed
  /// for.
  void take_previous() {
    if (!options_.previous.empty()) {
      previous_ = world_.ddl_files(options_.previous);
    } else if (port::Session* session = from_session_ ? from_session_.get() : session_.get()) {
      previous_ = world_.ddl_texts(session->history().applied_texts());
      tell_forgotten(session->history().load());
    }
    request_.previous = previous_.get();
  }

  void tell_forgotten(const core::History& history) {
    const core::Catalog kept = app::load_catalog(*previous_);
    for (const core::Step& step : request_.steps) {
      const bool applied =
          step.id.kind == core::StepKind::repeatable && history.find(step.id) != nullptr;
      if (!applied || !request_.is_chosen(step) || kept.find(step.id) != nullptr) continue;
      warnings_.push_back(
          fmt::format("the history of {} does not keep what {} was, so it is applied to what is "
                      "there alone",
                      name_of_there_, core::display_name(step.id, step.name)));
    }
  }

  void take_sample() {
    request_.rows = options_.rows;
    if (options_.sample.empty()) return;
    if (request_.rows == 0) request_.rows = rows_of_a_sample;
    World& sampled = other(options_.sample, "--sample");
    const core::schema::Schema schema = sampled.connect()->schema().read_with_sizes();
    const auto facts = sampled.facts();
    request_.profiles.emplace();
    for (const core::schema::Table& table : schema.tables)
      request_.profiles->emplace(table.name, facts->profile(table, looked_at));
  }

  std::optional<core::Refusal> refuse_family(const app::RehearsalPorts& ports) const {
    if (!request_.ground.schema) return std::nullopt;
    const ServerTraits here = ports.scratch.facts().traits();
    if (here.family == request_.ground.schema->family) return std::nullopt;
    return core::Refusal{
        .reason = fmt::format("{} cannot be made again on {}: it is another family of servers",
                              request_.ground.words, here.version),
        .way_out =
            "install a server of that family, name it with --server-bin, or begin with "
            "nothing: migrate verify --all"};
  }

  std::optional<core::Refusal> refuse_reach(const app::RehearsalPorts& ports) {
    std::vector<std::string> schemas = ports.scratch.schemas();
    if (pending_) schemas.push_back(world_.target().schema);
    const auto server = options_.on.empty() ? app::OnServer::own : app::OnServer::real;
    auto refusal = app::refuse_reaching_out(request_.steps, world_.steps(), schemas, server);
    if (refusal || request_.previous == nullptr) return refusal;
    refusal = app::refuse_reaching_out(app::load_catalog(*previous_).repeatable, *previous_,
                                       schemas, server);
    if (!refusal || !options_.previous.empty()) return refusal;
    // Nobody can mend what was applied.
    warnings_.push_back("not tried: " + refusal->reason);
    request_.previous = nullptr;
    return std::nullopt;
  }

  void describe(const app::RehearsalPorts& ports, Verification& verification) const {
    const ServerTraits here = ports.scratch.facts().traits();
    verification.server = {.family = here.family, .version = here.version};
    verification.where = options_.on.empty() ? "the private server"
                                             : "a scratch schema on the server of " + options_.on;
    verification.origin = request_.ground.words;
    if (request_.profiles) {
      verification.rows =
          fmt::format("up to {} made-up rows a table, like those of {} (no value is copied)",
                      request_.rows, options_.sample);
    } else if (request_.rows > 0) {
      verification.rows = fmt::format("{} made-up rows a table", request_.rows);
    }
    std::vector<std::string> warnings = warnings_;
    if (there_) {
      const auto traits = core::rehearsal::trait_warnings(here, *there_, name_of_there_);
      warnings.insert(warnings.end(), traits.begin(), traits.end());
    }
    verification.warnings.insert(verification.warnings.begin(), warnings.begin(), warnings.end());
  }

  /// A pass is written down, and nothing else is.
  void attest(Verification& verification) {
    if (verification.code() != core::ExitCode::done || verification.steps.empty()) return;
    const auto attestations = core::rehearsal::attestations(verification);
    verification.attestation = world_.keep_attestations(attestations, options_.out);
    if (options_.record.empty()) return;
    app::record_attestations(*other(options_.record, "--record").connect_as("verify"),
                             attestations);
    verification.recorded_in.push_back(options_.record);
  }

  World& world_;
  const VerifyOptions& options_;
  std::map<std::string, std::unique_ptr<World>> others_;
  core::Catalog catalog_;
  bool pending_ = false;
  std::unique_ptr<port::Session> session_;
  std::unique_ptr<port::Session> from_session_;  ///< of --from ENV
  std::vector<std::string> warnings_;            ///< about what is due
  std::optional<ServerTraits> there_;            ///< the server that the steps are meant for
  std::string name_of_there_ = "the database";
  std::unique_ptr<port::StepSource> previous_;
  app::VerifyRequest request_;
};

}  // namespace

void add_verify(CLI::App& app, Request& request) {
  auto* command = app.add_subcommand(
      "verify", "Rehearse steps on a scratch schema: up, down, up again, and that they repeat");
  command->footer(
      "Rehearses the pending steps of the environment; all of them on a private server where\n"
      "nothing is pending.\n"
      "Exit code: 0 all proven, 3 a step does not do what it promises, 5 a statement fails.\n"
      "Example: the steps that are due in production, on rows like those there\n"
      "  migrate verify --env production --sample production --record production");
  const auto options = std::make_shared<VerifyOptions>();
  command->add_option("which", options->which, "Versions, steps or files (default: all of them)")
      ->type_name("VERSION|FILE");
  command->add_flag("--all", options->all,
                    "All steps, from an empty schema, not only pending ones");
  command->add_option("--on", options->on, "Use a scratch schema on the server of this environment")
      ->type_name("ENV");
  command
      ->add_option("--from", options->from,
                   "Begin with the structure of this environment, with a file, or `empty`")
      ->type_name("ENV|FILE");
  command->add_option("--data", options->rows, "Make up N rows for each table")
      ->check(at_least_one())
      ->type_name("N");
  command
      ->add_option("--sample", options->sample,
                   "Make up rows like those of this environment; no value is copied")
      ->type_name("ENV");
  command
      ->add_option("--previous", options->previous,
                   "Folder with the ddl files as they were applied last (default: what the history "
                   "of the environment keeps)")
      ->type_name("DIR");
  command
      ->add_option("--record", options->record,
                   "Write a pass into the history of this environment as well")
      ->type_name("ENV");
  command
      ->add_option("--out", options->out,
                   "Write the attestation of a pass here, not in the state "
                   "folder")
      ->type_name("FILE");
  command->callback([&request, options] {
    request.run = [options](World& world) { return Verify(world, *options).run(); };
  });
}

}  // namespace migrate::cli

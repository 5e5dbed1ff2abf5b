#include "run_json.h"

#include "secrets.h"
#include "words.h"

namespace migrate::output {

using Json = nlohmann::ordered_json;

Json step_json(const core::StepId& id, const std::string& name) {
  return {{"step", core::display_name(id, name)},
          {"step_kind", word(id.kind)},
          {"key", id.key},
          {"name", name}};
}

void add_place(Json& object, const std::string& path, const core::Position& position) {
  object["path"] = path;
  object["line"] = position.line;
  object["column"] = position.column;
}

Json server_json(const core::ServerInfo& server) {
  return {{"family", word(server.family)},
          {"version", server.version},
          {"account", server.account},
          {"schema", server.schema},
          {"connection_id", server.connection_id}};
}

Json refusal_json(const core::Refusal& refusal) {
  return {{"reason", refusal.reason}, {"detail", refusal.detail}, {"way_out", refusal.way_out}};
}

Json failure_json(const core::event::StepFailed& failed) {
  Json out = step_json(failed.id, failed.name);
  out["direction"] = word(failed.direction);
  add_place(out, failed.path, failed.position);
  out["statement"] = failed.index;
  out["statements"] = failed.total;
  out["text"] = without_passwords(failed.statement);
  out["error"] = {{"code", failed.error.code},
                  {"sqlstate", failed.error.sqlstate},
                  {"message", without_passwords(failed.error, failed.statement)}};
  out["committed"] = failed.committed;
  out["rolled_back"] = failed.rolled_back;
  out["cancelled"] = failed.cancelled;
  return out;
}

}  // namespace migrate::output

#include "backup_json.h"

#include "words.h"

namespace migrate::output {

using Json = nlohmann::ordered_json;

Json backup_json(const std::string& path, const core::backup::Manifest& manifest) {
  Json out{{"path", path},
           {"manifest", path + ".json"},
           {"made_at", manifest.at},
           {"environment", manifest.environment},
           {"server",
            {{"family", word(manifest.server.family)},
             {"version", manifest.server.version},
             {"id", manifest.server.id},
             {"schema", manifest.server.schema}}},
           {"dump_tool", manifest.dump_tool},
           {"bytes", manifest.bytes},
           {"dump_bytes", manifest.dump_bytes},
           {"sha256", manifest.sha256},
           {"tables", manifest.tables.size()},
           {"rows", manifest.rows()},
           {"objects", manifest.objects.size()}};
  out["binary_log"] = Json();
  if (const auto& log = manifest.log)
    out["binary_log"] = {{"file", log->file}, {"position", log->position}, {"gtid", log->gtid}};
  out["snapshot_exit_code"] = manifest.snapshot ? Json(manifest.snapshot->exit_code) : Json();
  out["verified_at"] = manifest.verified ? Json(manifest.verified->at) : Json();
  out["warnings"] = manifest.warnings;
  return out;
}

}  // namespace migrate::output

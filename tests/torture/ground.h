#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "core/server_info.h"
#include "e2e/process.h"
#include "snapshot.h"
#include "support/proxy.h"
#include "support/raw_connection.h"
#include "support/real_server.h"
#include "workload.h"

namespace migrate::torture {

/// What `up` does when it loses its connection.
enum class AfterALoss { connects_again, gives_up };

/// How a run reaches the server: on its socket, or by TCP through the proxy.
enum class Way { socket, proxy };

/// Where it happens: a server of its own with a server's default durability, one schema, and a
/// folder with the steps and what the runs said. Starts the server and stops it; the folder stays
/// until somebody removes it. For one thread, which must outlive it.
class Ground {
 public:
  /// The server's name is one of MIGRATE_TEST_SERVERS. Throws as RealServer does.
  Ground(const std::string& server, std::filesystem::path migrate);

  core::ServerFamily family() const { return family_; }
  std::string version();
  const std::string& schema() const { return schema_; }
  const std::filesystem::path& folder() const { return folder_; }
  /// Where the next run's output goes.
  std::filesystem::path output() const { return folder_ / "output"; }
  testing::Proxy& proxy() { return proxy_; }

  /// Writes the steps in place of those before.
  void use(const Workload& workload);
  /// An empty schema of the same name, with the big table where the workload has one, and an empty
  /// folder for outputs.
  void begin_again();

  /// `migrate up` on the schema.
  testing::Process start_up(Way way, AfterALoss after_a_loss = AfterALoss::connects_again);
  /// A connection as the superuser without a schema.
  testing::RawConnection connect() const;
  Snapshot snapshot();
  std::filesystem::path server_log() { return server_.sandbox().status().log; }

  /// SIGKILL; returns when the process is gone.
  void kill_server();
  void start_server();

 private:
  void drop_schema(testing::RawConnection& sql);
  void prepare_big_table(testing::RawConnection& sql);

  testing::RealServer server_;
  std::filesystem::path migrate_;
  std::filesystem::path folder_;
  std::string schema_ = "tortured";
  core::ServerFamily family_ = core::ServerFamily::mysql;
  testing::Proxy proxy_;
  std::map<std::string, std::string> environment_;
  TableSize size_ = TableSize::small;
  Packets packets_ = Packets::large;
  std::optional<pid_t> server_pid_;
};

}  // namespace migrate::torture

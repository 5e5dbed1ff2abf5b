#include "scratch.h"

#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "adapter/mysql/server.h"
#include "core/fault.h"

namespace migrate::wiring {
namespace {

class OwnScratchSchema : public cli::ScratchSchema {
 public:
  OwnScratchSchema(core::ConnectionOptions options, core::RunIdentity identity)
      : options_(std::move(options)) {
    options_.schema = fmt::format("migrate_scratch_{}", getpid());
    // Of a process of that number that was killed.
    mysql::drop_schema(options_);
    mysql::create_schema(options_);
    server_ = mysql::open_server(options_, std::move(identity));
  }
  ~OwnScratchSchema() override {
    try {
      mysql::drop_schema(options_);
    } catch (const core::Fault&) {  // NOLINT(bugprone-empty-catch): it is in nobody's way
    }
  }
  OwnScratchSchema(const OwnScratchSchema&) = delete;
  OwnScratchSchema& operator=(const OwnScratchSchema&) = delete;

  port::Server& server() override { return *server_; }

 private:
  core::ConnectionOptions options_;
  std::unique_ptr<port::Server> server_;
};

}  // namespace

std::unique_ptr<cli::ScratchSchema> make_scratch_schema(core::ConnectionOptions options,
                                                        core::RunIdentity identity) {
  return std::make_unique<OwnScratchSchema>(std::move(options), std::move(identity));
}

}  // namespace migrate::wiring

#pragma once

#include <memory>
#include <string>

#include "core/journal_write.h"
#include "port/scratch.h"
#include "server_facts.h"

namespace migrate::mysql {

/// A schema that was created for it. Dropped at the end, whatever uses it then is ended.
class OwnScratchSchema : public port::ScratchSchema {
 public:
  /// `options` name it.
  OwnScratchSchema(const core::ConnectionOptions& options, core::RunIdentity identity);
  ~OwnScratchSchema() override;
  OwnScratchSchema(const OwnScratchSchema&) = delete;
  OwnScratchSchema& operator=(const OwnScratchSchema&) = delete;

  const std::string& name() const override { return name_; }
  port::Server& server() override { return *server_; }
  port::Facts& facts() override { return facts_; }
  void build(const core::schema::Schema& schema) override;
  std::uint64_t insert(const core::schema::Table& table,
                       const core::rehearsal::MadeRows& rows) override;

 private:
  void run(const std::string& sql);

  std::string name_;
  ServerFacts facts_;
  std::unique_ptr<port::Server> server_;
};

}  // namespace migrate::mysql

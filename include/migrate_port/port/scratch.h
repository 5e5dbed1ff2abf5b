#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/rehearsal/made_rows.h"
#include "core/schema/schema.h"
#include "port/facts.h"
#include "port/session.h"

namespace migrate::port {

/// An empty schema of one's own, to try things in. Destroying it drops it.
class ScratchSchema {
 public:
  virtual ~ScratchSchema() = default;

  virtual const std::string& name() const = 0;
  /// Connects to it.
  virtual Server& server() = 0;
  virtual Facts& facts() = 0;

  /// Creates what `schema` has, without rows. Events are made, and do not run. Throws
  /// Fault(statement_failed) when the server refuses something.
  virtual void build(const core::schema::Schema& schema) = 0;

  /// How many of the rows went in: one that a check, a unique key or a foreign key refuses is left
  /// out. Throws Fault(statement_failed) when a trigger, or anything else, refuses.
  virtual std::uint64_t insert(const core::schema::Table& table,
                               const core::rehearsal::MadeRows& rows) = 0;
};

/// A server that scratch schemas can be made on.
class ScratchServer {
 public:
  virtual ~ScratchServer() = default;

  virtual Facts& facts() = 0;
  /// The names of the schemas that are there, the scratch ones left out.
  virtual std::vector<std::string> schemas() = 0;
  /// With these defaults; empty: the server's own. Its name is used by nothing else.
  virtual std::unique_ptr<ScratchSchema> create(const std::string& charset,
                                                const std::string& collation) = 0;
};

}  // namespace migrate::port

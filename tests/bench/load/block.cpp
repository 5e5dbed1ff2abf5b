#include "block.h"

#include <stdexcept>

#include "support/shipped_sql.h"

namespace migrate::load {

Block::Block(const std::string& runbook, const std::string& name)
    : statements_(testing::plain_statements(testing::runbook_block(runbook, name))) {}

Block Block::with(const std::string& set) const {
  if (statements_.empty() || !statements_.front().starts_with("SET "))
    throw std::runtime_error("a block without a SET line was given values");
  Block block = *this;
  block.statements_.front() = "SET " + set;
  return block;
}

std::vector<testing::Row> Block::run(testing::RawConnection& connection) const {
  std::vector<testing::Row> rows;
  for (const std::string& statement : statements_) rows = connection.query(statement);
  return rows;
}

std::uint64_t Block::change(testing::RawConnection& connection) const {
  run(connection);
  return connection.changed_rows();
}

}  // namespace migrate::load

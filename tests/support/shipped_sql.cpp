#include "support/shipped_sql.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include "support/repository.h"

namespace migrate::testing {

std::string repository_file(const std::string& path) {
  const std::filesystem::path whole = repository() / path;
  std::ifstream file(whole, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + whole.string());
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> plain_statements(const std::string& text) {
  std::vector<std::string> statements;
  std::istringstream lines(text);
  std::string statement;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("--", 0) == 0 || line.empty()) continue;
    statement += line;
    if (line.back() == ';') {
      statement.pop_back();
      statements.push_back(std::move(statement));
      statement.clear();
    } else {
      statement += '\n';
    }
  }
  return statements;
}

std::vector<std::string> sql_blocks(const std::string& markdown) {
  std::vector<std::string> blocks;
  const std::string opening = "```sql\n";
  for (auto start = markdown.find(opening); start != std::string::npos;
       start = markdown.find(opening, start)) {
    start += opening.size();
    const auto end = markdown.find("```", start);
    blocks.push_back(markdown.substr(start, end - start));
  }
  return blocks;
}

std::string runbook_block(const std::string& runbook, const std::string& name) {
  for (const auto& block : sql_blocks(repository_file("runbooks/" + runbook))) {
    if (block.rfind("-- " + name + "\n", 0) == 0) return block;
  }
  throw std::runtime_error("runbooks/" + runbook + " has no block '" + name + "'");
}

}  // namespace migrate::testing

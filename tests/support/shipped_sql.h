#pragma once

#include <string>
#include <vector>

namespace migrate::testing {

/// The text of a file of this repository, e.g. "ddl/outbox.sql". Throws std::runtime_error when it
/// can't be read.
std::string repository_file(const std::string& path);

/// The statements of a text whose every statement ends with `;` at the end of a line. Not the
/// splitter under test.
std::vector<std::string> plain_statements(const std::string& text);

/// The ```sql blocks of a runbook in order, each with its first line, a comment that is its name.
std::vector<std::string> sql_blocks(const std::string& markdown);

/// The one block of a runbook, e.g. "operating-the-outbox.md", that begins with `-- <name>`.
std::string runbook_block(const std::string& runbook, const std::string& name);

}  // namespace migrate::testing

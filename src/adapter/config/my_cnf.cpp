#include "adapter/config/my_cnf.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "adapter/config/read_file.h"

namespace migrate::config {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view white_space = " \t\r\f\v";
constexpr int deepest_include = 10;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(white_space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(white_space) - first + 1);
}

// A '#' begins a comment unless it stands in quotes; a backslash counts in quotes only.
std::string_view without_comment(std::string_view text) {
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote == 0 && c == '#') return text.substr(0, i);
    if (quote == 0 && (c == '\'' || c == '"')) {
      quote = c;
    } else if (quote != 0 && c == '\\') {
      ++i;
    } else if (c == quote) {
      quote = 0;
    }
  }
  return text;
}

std::string_view unquoted(std::string_view text) {
  const bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
                      text.front() == text.back();
  return quoted ? text.substr(1, text.size() - 2) : text;
}

std::string unescaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      result.push_back(text[i]);
      continue;
    }
    const char c = text[++i];
    switch (c) {
      case 'n':
        result.push_back('\n');
        break;
      case 't':
        result.push_back('\t');
        break;
      case 'r':
        result.push_back('\r');
        break;
      case 'b':
        result.push_back('\b');
        break;
      case 's':
        result.push_back(' ');
        break;
      case '\\':
      case '"':
      case '\'':
        result.push_back(c);
        break;
      default:  // Not an escape: both characters stay.
        result.push_back('\\');
        result.push_back(c);
    }
  }
  return result;
}

std::string option_name(std::string_view text) {
  std::string name(text);
  std::ranges::replace(name, '_', '-');
  if (name.starts_with("loose-")) name.erase(0, std::string_view("loose-").size());
  return name;
}

class Reader {
 public:
  /// What to do with a line that begins with '!'.
  using Include = std::function<void(std::string_view directive, const Origin& origin)>;

  Reader(std::string name, OptionFile& result, Include include)
      : name_(std::move(name)), result_(result), include_(std::move(include)) {}

  void read(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    std::uint64_t line_number = 0;
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      read_line(text.substr(0, end), ++line_number);
      text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
  }

 private:
  void read_line(std::string_view whole, std::uint64_t number) {
    const std::string_view line = trimmed(whole);
    if (line.empty() || line.front() == '#' || line.front() == ';') return;
    const auto column = static_cast<std::uint64_t>(line.data() - whole.data()) + 1;
    const Origin origin{Level::option_file, name_, number, column};
    if (line.front() == '[') {
      open_group(line, origin);
    } else if (line.front() == '!') {
      include_(trimmed(line.substr(1)), origin);
    } else if (!group_) {
      throw fault_at(origin,
                     "an option before the first group; expected [client] or another group");
    } else {
      add_option(line, origin);
    }
  }

  void open_group(std::string_view line, const Origin& origin) {
    const std::size_t end = line.find(']');
    if (end == std::string_view::npos) throw fault_at(origin, "a group without its ']'");
    group_ = std::string(trimmed(line.substr(1, end - 1)));
    result_.groups.push_back(*group_);
  }

  void add_option(std::string_view line, const Origin& origin) {
    line = without_comment(line);
    const std::size_t equals = line.find('=');
    FileOption option{*group_, option_name(trimmed(line.substr(0, equals))), std::nullopt, origin};
    if (equals != std::string_view::npos) {
      option.value = unescaped(unquoted(trimmed(line.substr(equals + 1))));
    }
    result_.options.push_back(std::move(option));
  }

  std::string name_;
  OptionFile& result_;
  Include include_;
  std::optional<std::string> group_;
};

void read_into(OptionFile& result, const fs::path& path, const Origin& named_by, int depth);

// "!include x" and "!includedir x"; any other '!' line is skipped, as the mysql client does.
void follow(OptionFile& result, std::string_view directive, const Origin& origin, int depth) {
  const std::size_t space = directive.find_first_of(white_space);
  if (space == std::string_view::npos || depth >= deepest_include) return;
  const std::string_view command = directive.substr(0, space);
  const fs::path target(trimmed(directive.substr(space)));
  if (command == "include") read_into(result, target, origin, depth + 1);
  if (command != "includedir") return;
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::directory_iterator entry(target, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().extension() == ".cnf") files.push_back(entry->path());
  }
  if (error) {
    throw fault_at(origin, fmt::format("cannot read {}: {}", target.string(), error.message()));
  }
  std::ranges::sort(files);
  for (const fs::path& file : files) read_into(result, file, origin, depth + 1);
}

void read_into(OptionFile& result, const fs::path& path, const Origin& named_by, int depth) {
  const std::string text = read_file(path, named_by);
  result.files.push_back(path);
  Reader reader(path.string(), result, [&](std::string_view directive, const Origin& origin) {
    follow(result, directive, origin, depth);
  });
  reader.read(text);
}

}  // namespace

OptionFile read_my_cnf(const fs::path& path, const Origin& named_by) {
  OptionFile result;
  read_into(result, path, named_by, 0);
  return result;
}

OptionFile parse_option_text(std::string_view text, const std::string& name) {
  OptionFile result;
  Reader reader(name, result, [](std::string_view, const Origin&) {});
  reader.read(text);
  return result;
}

}  // namespace migrate::config

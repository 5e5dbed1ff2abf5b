#include "project.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "support/repository.h"
#include "support/schema_text.h"
#include "support/shipped_sql.h"

namespace migrate::testing {
namespace {

namespace fs = std::filesystem;

fs::path temporary_home() {
  std::string name = (fs::temp_directory_path() / "migrate-e2e-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot create " + name);
  return name;
}

std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  std::string word;
  char quote = 0;
  bool in_word = false;
  for (const char c : line) {
    if (quote != 0) {
      if (c == quote) {
        quote = 0;
      } else {
        word += c;
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
      in_word = true;
    } else if (c != ' ') {
      word += c;
      in_word = true;
    } else if (in_word) {
      words.push_back(std::exchange(word, {}));
      in_word = false;
    }
  }
  if (in_word) words.push_back(word);
  return words;
}

constexpr const char* configuration = R"(environments:
  test:
    socket: ${socket}
    user: root
    schema: ${schema}
default_env: test
)";

}  // namespace

Project::Project(RealServer& server)
    : server_(server),
      schema_(server),
      sql_(schema_.connection()),
      home_(temporary_home()),
      directory_(home_ / "project") {
  fs::create_directories(directory_ / "migrations");
  fs::create_directories(home_ / "output");
  write("migrate.yaml", configuration);
  environment_ = {{"HOME", home_.string()},
                  {"XDG_STATE_HOME", (home_ / "state").string()},
                  {"XDG_CONFIG_HOME", (home_ / "config").string()},
                  {"TMPDIR", home_.string()},
                  {"LC_ALL", "C.UTF-8"},
                  {"TERM", "dumb"}};
  for (const char* name : {"PATH", "LIBMYSQL_PLUGIN_DIR", "LD_LIBRARY_PATH"}) {
    if (const char* value = std::getenv(name)) environment_[name] = value;
  }
}

Project::~Project() {
  std::error_code ignored;
  fs::remove_all(home_, ignored);
}

void Project::write(const fs::path& path, const std::string& text) const {
  fs::create_directories((directory_ / path).parent_path());
  std::ofstream file(directory_ / path, std::ios::binary);
  file << expand(text);
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

std::string Project::read(const fs::path& path) const {
  std::ifstream file(directory_ / path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void Project::copy_shipped_steps() const {
  for (const char* folder : {"migrations", "ddl"}) {
    fs::copy(testing::repository() / folder, directory_ / folder, fs::copy_options::recursive);
  }
}

std::string Project::expand(std::string text) const {
  const std::map<std::string, std::string> names{
      {"${schema}", schema()},
      {"${socket}", server_.connection().socket},
      {"${dir}", directory_.string()},
      {"${server_bin}", RealServer::program_of(server_.name()).string()},
      {"${migrate}", MIGRATE_BINARY},
      {"${escape}", "\033"},
      {"${repository}", testing::repository().string()}};
  for (const auto& [name, value] : names) {
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at)) {
      text.replace(at, name.size(), value);
      at += value.size();
    }
  }
  return text;
}

void Project::set_environment(const std::string& name, const std::string& value) {
  environment_[name] = value;
}

Process Project::start(const std::vector<std::string>& arguments) {
  std::vector<std::string> argv{MIGRATE_BINARY};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  return {argv, environment_, directory_, home_ / "output"};
}

Ending Project::run(const std::string& line) {
  return run(words_of(expand(line)));
}

Ending Project::shell(const std::string& command) {
  return Process({"/bin/sh", "-c", expand(command)}, environment_, directory_, home_ / "output")
      .wait();
}

std::string Project::schema_text() {
  return testing::schema_text(sql_, schema());
}

}  // namespace migrate::testing

#include "case_script.h"

#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <stdexcept>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace migrate::testing {
namespace {

namespace fs = std::filesystem;

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\n");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

std::string rows_text(const std::vector<Row>& rows) {
  std::string text;
  for (const Row& row : rows) {
    if (!text.empty()) text += " ; ";
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) text += " | ";
      text += row[i].value_or("NULL");
    }
  }
  return text;
}

/// The state of a case while its lines run.
class CaseRun {
 public:
  CaseRun(const fs::path& folder, RealServer& server)
      : steps_file_(folder / "steps"), project_(server) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file() || entry.path().filename() == "steps") continue;
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string text{std::istreambuf_iterator<char>(file),
                             std::istreambuf_iterator<char>()};
      const fs::path name = entry.path().lexically_relative(folder);
      project_.write(name, text);
    }
  }

  ~CaseRun() {
    for (const std::string& statement : finally_) {
      try {
        project_.sql().query(statement);
      } catch (const std::exception& error) {
        ADD_FAILURE() << error.what();
      }
    }
  }
  CaseRun(const CaseRun&) = delete;
  CaseRun& operator=(const CaseRun&) = delete;

  void perform(const CaseLine& line) {
    try {
      perform(line.word, project_.expand(line.text), line);
    } catch (const std::exception& error) {
      fail(line, error.what());
    }
  }

  void finish(const CaseLine& last) {
    if (ending_ && !exit_checked_) fail(last, "the last run has no 'exit:'");
  }

 private:
  void perform(const std::string& word, const std::string& text, const CaseLine& line) {
    if (word == "run") return started(line, project_.run(line.text));
    if (word == "shell") return started(line, project_.shell(line.text));
    if (word == "shipped steps") return project_.copy_shipped_steps();
    if (word == "remove") {
      if (fs::remove_all(project_.directory() / text) == 0) fail(line, "there is no such file");
      return;
    }
    if (word == "sql") {
      rows_ = rows_text(project_.sql().query(text));
      return;
    }
    if (word == "finally sql") return finally_.push_back(text);
    if (word == "result") return expect(line, rows_ == text, "the rows are: " + rows_);
    if (word == "remember schema") {
      schemas_[text] = project_.schema_text();
      return;
    }
    if (word == "schema is") {
      expect_same(line, schemas_.at(text), project_.schema_text());
      return;
    }
    if (word == "no file")
      return expect(line, !fs::exists(project_.directory() / text), "it is there");
    if (word.rfind("write ", 0) == 0) return project_.write(project_.expand(word.substr(6)), text);
    if (word.rfind("env ", 0) == 0) return project_.set_environment(word.substr(4), text);
    if (word.rfind("file ", 0) == 0) return expect_in_file(word.substr(5), text, line);
    expect_of_run(word, text, line);
  }

  void started(const CaseLine& line, Ending ending) {
    if (ending_ && !exit_checked_) fail(line, "the run before has no 'exit:'");
    ending_ = std::move(ending);
    exit_checked_ = false;
  }

  void expect_of_run(const std::string& word, const std::string& text, const CaseLine& line) {
    if (!ending_) throw std::runtime_error("nothing ran before this line");
    const std::string said = "\nexit " + std::to_string(ending_->code) + "\n--- stdout\n" +
                             ending_->out + "--- stderr\n" + ending_->err;
    if (word == "exit") {
      exit_checked_ = true;
      return expect(line, std::to_string(ending_->code) == text, said);
    }
    if (word == "json" || word == "json has") return expect_json(word, text, line, said);
    const auto space = word.find(' ');
    const std::string stream = word.substr(0, space);
    const std::string verb = space == std::string::npos ? "" : word.substr(space + 1);
    const std::map<std::string, std::string> streams{{"stdout", ending_->out},
                                                     {"stderr", ending_->err},
                                                     {"output", ending_->out + ending_->err}};
    const auto found = streams.find(stream);
    if (found == streams.end() || (verb != "contains" && verb != "lacks" && verb != "is")) {
      throw std::runtime_error("no such kind of line");
    }
    if (verb == "is") return expect(line, trimmed(found->second) == text, said);
    const bool contains = found->second.find(text) != std::string::npos;
    expect(line, contains == (verb == "contains"), said);
  }

  void expect_json(const std::string& word, const std::string& text, const CaseLine& line,
                   const std::string& said) {
    const auto document = nlohmann::json::parse(ending_->out);
    if (word == "json has") {
      std::istringstream pointers(text);
      for (std::string pointer; pointers >> pointer;) {
        expect(line, document.contains(nlohmann::json::json_pointer(pointer)),
               "there is no " + pointer + said);
      }
      return;
    }
    const auto equals = text.find(" = ");
    if (equals == std::string::npos) throw std::runtime_error("expected: json: /pointer = value");
    const nlohmann::json::json_pointer pointer(text.substr(0, equals));
    const auto expected = nlohmann::json::parse(text.substr(equals + 3));
    const bool there = document.contains(pointer);
    expect(line, there && document.at(pointer) == expected, said);
  }

  void expect_in_file(const std::string& words, const std::string& text, const CaseLine& line) {
    const auto space = words.find_last_of(' ');
    const std::string verb = words.substr(space + 1);
    const std::string content = project_.read(project_.expand(words.substr(0, space)));
    const bool contains = content.find(text) != std::string::npos;
    expect(line, contains == (verb == "contains"), "the file is:\n" + content);
  }

  void expect_same(const CaseLine& line, const std::string& before, const std::string& now) {
    if (before != now) fail(line, "before:\n" + before + "\nnow:\n" + now);
  }

  void expect(const CaseLine& line, bool good, const std::string& seen) {
    if (!good) fail(line, seen);
  }

  void fail(const CaseLine& line, const std::string& why) {
    ADD_FAILURE_AT(steps_file_.c_str(), line.number) << line.word << ": " << line.text << '\n'
                                                     << why;
  }

  fs::path steps_file_;
  Project project_;
  std::optional<Ending> ending_;
  bool exit_checked_ = false;
  std::string rows_;
  std::map<std::string, std::string> schemas_;
  std::vector<std::string> finally_;
};

}  // namespace

std::vector<CaseLine> read_case(const fs::path& steps_file) {
  std::ifstream file(steps_file);
  if (!file) throw std::runtime_error("cannot read " + steps_file.string());
  std::vector<CaseLine> lines;
  int number = 0;
  for (std::string text; std::getline(file, text);) {
    ++number;
    if (trimmed(text).empty() || text.front() == '#') continue;
    const auto colon = text.find(':');
    if (colon == std::string::npos) {
      throw std::runtime_error(steps_file.string() + ":" + std::to_string(number) +
                               ": expected 'word: text'");
    }
    CaseLine line{number, text.substr(0, colon), trimmed(text.substr(colon + 1))};
    if (line.text.rfind("<<", 0) == 0) {
      const std::string end = line.text.substr(2);
      line.text.clear();
      while (std::getline(file, text) && text != end) {
        ++number;
        line.text += text + '\n';
      }
      ++number;
    } else if (line.word.rfind("write ", 0) == 0) {
      line.text += '\n';
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

void run_case(const fs::path& folder, RealServer& server) {
  const auto lines = read_case(folder / "steps");
  for (const CaseLine& line : lines) {
    if (line.word == "only" && line.text != server.name()) {
      GTEST_SKIP() << "only for " << line.text;
    }
  }
  CaseRun run(folder, server);
  for (const CaseLine& line : lines) {
    if (line.word != "only") run.perform(line);
  }
  run.finish(lines.back());
}

}  // namespace migrate::testing

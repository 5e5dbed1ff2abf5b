#include <algorithm>
#include <filesystem>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "case_script.h"
#include "support/repository.h"

namespace migrate::testing {
namespace {

namespace fs = std::filesystem;

fs::path cases_folder() {
  return testing::repository() / "tests" / "e2e" / "cases";
}

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(cases_folder())) {
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Case : public ::testing::TestWithParam<std::tuple<std::string, std::string>> {};

TEST_P(Case, does_as_written) {
  const auto& [name, server] = GetParam();
  run_case(cases_folder() / name, RealServer::named(server));
}

INSTANTIATE_TEST_SUITE_P(E2e, Case,
                         ::testing::Combine(::testing::ValuesIn(case_names()),
                                            ::testing::ValuesIn(server_names())),
                         [](const auto& named) {
                           return std::get<0>(named.param) + "_" + std::get<1>(named.param);
                         });

}  // namespace
}  // namespace migrate::testing

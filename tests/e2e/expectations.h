#pragma once

#include <string>

#include <gtest/gtest.h>

#include "project.h"

namespace migrate::testing {

/// Runs a line as it is typed, and expects this exit code.
inline Ending run_expecting(int code, Project& project, const std::string& line) {
  Ending ending = project.run(line);
  EXPECT_EQ(ending.code, code) << line << "\n" << ending.out << ending.err;
  return ending;
}

inline void expect_in(const std::string& text, const std::string& part) {
  EXPECT_NE(text.find(part), std::string::npos) << "no '" << part << "' in\n" << text;
}

}  // namespace migrate::testing

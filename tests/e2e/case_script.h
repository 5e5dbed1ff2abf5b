#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "project.h"

namespace migrate::testing {

/// One line of a case's `steps` file: what to do or to expect, and a text.
///
///   # a comment
///   only: mysql                    skips the case on every other server
///   shipped steps:                 copies the project's own migrations/ and ddl/ here
///   write PATH: <<END … END        a file, its lines up to one that is END
///   write PATH: text               a file of one line
///   remove: PATH
///   env NAME: value                for every run from here on
///   run: up --steps 1              migrate with these arguments
///   shell: bash -n x               any other command
///   exit: 5                        expected of the last run; each run must be followed by one
///   stdout contains: text          (also stderr, output: one of both; `lacks` is the opposite)
///   file PATH contains: text       (also lacks)
///   no file: PATH
///   json: /steps/0/status = "applied"   the value at a JSON pointer of stdout
///   json has: /run_id /steps       pointers that must exist
///   sql: SELECT …                  on a connection of the test's own
///   result: 1 | x ; 2 | NULL       its rows, in order (empty: no rows)
///   remember schema: NAME          SHOW CREATE of everything
///   schema is: NAME
///   finally sql: SET GLOBAL …      run at the end of the case, however it ends
struct CaseLine {
  int number = 0;
  std::string word;
  std::string text;
};

/// Throws std::runtime_error, with the line, on what is no such line.
std::vector<CaseLine> read_case(const std::filesystem::path& steps_file);

/// Runs the case of a folder; each expectation that fails is reported with the steps file's line.
void run_case(const std::filesystem::path& folder, RealServer& server);

}  // namespace migrate::testing

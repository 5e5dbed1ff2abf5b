#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "adapter/posix/process.h"
#include "port/byte_source.h"

namespace migrate::posix {

/// What a program writes to stdout, as it comes. Destroying it ends the program and all that it
/// started.
class ChildOutput : public port::ByteSource {
 public:
  enum class Errors {
    apart,     ///< errors() has the end of them
    together,  ///< they are part of the output
  };
  enum class EndsWith {
    output,   ///< and the program; whoever holds the output open is waited for
    program,  ///< what it leaves running may go on, and is not heard any more
  };
  struct Command {
    std::vector<std::string> argv;
    std::vector<std::string> environment;
    std::string third;  ///< what it finds as a file at descriptor 3; empty: nothing
    Errors errors = Errors::apart;
    EndsWith ends_with = EndsWith::output;
    std::filesystem::path directory;  ///< in which it runs; empty: the caller's
  };
  /// Throws Fault(unavailable) when it cannot be run.
  explicit ChildOutput(const Command& command);
  ~ChildOutput() override;
  ChildOutput(const ChildOutput&) = delete;
  ChildOutput& operator=(const ChildOutput&) = delete;

  /// Waits at most 0.2 s.
  std::optional<std::string_view> next() override;

  /// The program, e.g. to send it a signal. Behind the end it says how it ended.
  const Process& process() const { return *process_; }
  /// Behind the end.
  const std::string& errors() const { return errors_; }

 private:
  /// Nothing: none is there.
  std::optional<std::string_view> read_output();
  void read_errors();

  const EndsWith ends_with_;
  FileDescriptor output_;
  FileDescriptor error_output_;
  std::optional<Process> process_;
  std::vector<char> buffer_;
  std::string errors_;
};

}  // namespace migrate::posix

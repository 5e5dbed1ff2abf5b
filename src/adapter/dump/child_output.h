#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapter/posix/process.h"
#include "port/backup.h"

namespace migrate::dump {

/// What a program writes to stdout, as it comes. Destroying it ends the program and all that it
/// started.
class ChildOutput : public port::ByteSource {
 public:
  enum class Errors {
    apart,     ///< errors() has the end of them
    together,  ///< they are part of the output
  };
  struct Command {
    std::vector<std::string> argv;
    std::vector<std::string> environment;
    std::string third;  ///< what it reads from descriptor 3; at most 64 KiB
    Errors errors = Errors::apart;
  };
  /// Throws Fault(unavailable) when it cannot be run.
  explicit ChildOutput(const Command& command);
  ~ChildOutput() override;
  ChildOutput(const ChildOutput&) = delete;
  ChildOutput& operator=(const ChildOutput&) = delete;

  std::optional<std::string_view> next() override;

  // Behind the end.
  bool succeeded() const { return process_->succeeded(); }
  const std::string& ending() const { return process_->ending(); }
  const std::string& errors() const { return errors_; }

 private:
  void read_errors();

  posix::FileDescriptor output_;
  posix::FileDescriptor error_output_;
  std::optional<posix::Process> process_;
  std::vector<char> buffer_;
  std::string errors_;
};

}  // namespace migrate::dump

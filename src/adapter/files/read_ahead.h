#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/unit.h"
#include "port/step_source.h"

namespace migrate::files {

/// Takes statements out of another stream in a thread of its own, so that the next are read while
/// the server runs those before. Holds some hundred KiB of text, or a few statements that are
/// longer than that. A fault of the other stream is thrown where it belongs: behind the statements
/// before it.
class ReadAhead : public port::StatementStream {
 public:
  explicit ReadAhead(std::unique_ptr<port::StatementStream> stream);
  /// Waits for the thread, which reads no more than the statements it is at.
  ~ReadAhead() override;
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  std::optional<core::NumberedStatement> next() override;

 private:
  struct Batch {
    std::vector<core::NumberedStatement> statements;
    std::size_t bytes = 0;
  };

  void read_all();
  /// False when nobody wants the rest.
  bool hand_over(Batch batch);
  /// The next batch becomes the current one; false at the end.
  bool take_batch();

  std::unique_ptr<port::StatementStream> stream_;  ///< of the thread alone
  Batch current_;                                  ///< of the caller alone
  std::size_t taken_ = 0;                          ///< of the current batch

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch> waiting_;
  std::size_t waiting_bytes_ = 0;
  bool ended_ = false;
  bool abandoned_ = false;
  std::exception_ptr fault_;  ///< that ended it

  std::thread thread_;  ///< last, because it uses all the others
};

}  // namespace migrate::files

#include "read_ahead.h"

#include <utility>

namespace migrate::files {
namespace {

// A thread that is woken for every statement would cost more than it saves.
constexpr std::size_t batch_bytes = 65536;
constexpr std::size_t batch_statements = 500;
constexpr std::size_t most_waiting_bytes = 4 * batch_bytes;

}  // namespace

ReadAhead::ReadAhead(std::unique_ptr<port::StatementStream> stream)
    : stream_(std::move(stream)), thread_([this] { read_all(); }) {}

ReadAhead::~ReadAhead() {
  {
    const std::scoped_lock lock(mutex_);
    abandoned_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void ReadAhead::read_all() {
  std::exception_ptr fault;
  Batch batch;
  try {
    while (auto statement = stream_->next()) {
      batch.bytes += statement->statement.text.size();
      batch.statements.push_back(std::move(*statement));
      const bool full = batch.bytes >= batch_bytes || batch.statements.size() >= batch_statements;
      if (full && !hand_over(std::exchange(batch, {}))) return;
    }
  } catch (...) {
    fault = std::current_exception();
  }
  if (!batch.statements.empty() && !hand_over(std::move(batch))) return;
  {
    const std::scoped_lock lock(mutex_);
    ended_ = true;
    fault_ = fault;
  }
  changed_.notify_all();
}

bool ReadAhead::hand_over(Batch batch) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] {
    return abandoned_ || waiting_.empty() || waiting_bytes_ + batch.bytes <= most_waiting_bytes;
  });
  if (abandoned_) return false;
  waiting_bytes_ += batch.bytes;
  waiting_.push_back(std::move(batch));
  lock.unlock();
  changed_.notify_all();
  return true;
}

bool ReadAhead::take_batch() {
  current_ = {};
  taken_ = 0;
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return ended_ || !waiting_.empty(); });
    if (waiting_.empty()) {
      if (fault_) std::rethrow_exception(fault_);
      return false;
    }
    current_ = std::move(waiting_.front());
    waiting_.pop_front();
    waiting_bytes_ -= current_.bytes;
  }
  changed_.notify_all();
  return true;
}

std::optional<core::NumberedStatement> ReadAhead::next() {
  if (taken_ == current_.statements.size() && !take_batch()) return std::nullopt;
  return std::move(current_.statements[taken_++]);
}

}  // namespace migrate::files

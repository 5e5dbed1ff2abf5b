#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "outcome.h"

namespace migrate::load {

/// A message as a worker has claimed it.
struct Message {
  std::string aggregate;
  std::uint64_t sequence = 0;
  std::string type;      ///< says what the broker does with it
  std::string trace_id;  ///< of one transaction of one writer
};

inline constexpr const char* fine = "load_fine.v1";
inline constexpr const char* refused_once = "load_refused_once.v1";
inline constexpr const char* poison = "load_poison.v1";

/// What messages go to. It sees their order, and complains where it is wrong. Thread-safe.
class Broker {
 public:
  explicit Broker(Outcome& outcome) : outcome_(outcome) {}

  enum class Answer { accepted, refused };
  Answer send(const Message& message);

  /// From now on it takes everything, and in any order: what was given up comes back late.
  void heal();

  const std::set<std::string>& accepted() const { return accepted_; }  ///< trace ids
  std::uint64_t repeats() const { return repeats_; }
  std::uint64_t refusals() const { return refusals_; }

 private:
  Outcome& outcome_;
  std::mutex mutex_;
  bool healed_ = false;
  std::map<std::string, std::uint64_t> last_;  ///< sequence, by aggregate
  std::set<std::string> accepted_;
  std::set<std::string> refused_;
  std::uint64_t repeats_ = 0;
  std::uint64_t refusals_ = 0;
};

}  // namespace migrate::load

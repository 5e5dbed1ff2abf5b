#pragma once

#include <string>

#include "connection.h"
#include "port/binary_log.h"

namespace migrate::mysql {

/// The binary log, read through SQL.
class ServerBinaryLog : public port::BinaryLog {
 public:
  /// `connection` must outlive it.
  explicit ServerBinaryLog(Connection& connection) : connection_(connection) {}

  core::LogPosition end() override;
  Found find(const core::LogPosition& since, const std::string& mark) override;

 private:
  Connection& connection_;
};

}  // namespace migrate::mysql

#include "support/raw_connection.h"

#include <mysql.h>

namespace migrate::testing {

class RawConnection::Handle {
 public:
  explicit Handle(const core::ConnectionOptions& options) {
    if (::mysql_init(&mysql_) == nullptr) throw std::runtime_error("mysql_init: out of memory");
    const auto text = [](const std::string& value) {
      return value.empty() ? nullptr : value.c_str();
    };
    if (::mysql_real_connect(&mysql_, options.host.c_str(), options.user.c_str(),
                             options.password.c_str(), text(options.schema), options.port,
                             text(options.socket), 0) == nullptr) {
      const std::string message = ::mysql_error(&mysql_);
      ::mysql_close(&mysql_);
      throw std::runtime_error("cannot connect: " + message);
    }
    // Its own default may be one that the other family's server does not know.
    if (::mysql_set_character_set(&mysql_, "utf8mb4") != 0) {
      const std::string message = ::mysql_error(&mysql_);
      ::mysql_close(&mysql_);
      throw std::runtime_error("cannot speak utf8mb4: " + message);
    }
  }
  ~Handle() { ::mysql_close(&mysql_); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  MYSQL* get() { return &mysql_; }

 private:
  MYSQL mysql_{};
};

RawConnection::RawConnection(const core::ConnectionOptions& options)
    : handle_(std::make_unique<Handle>(options)) {}
RawConnection::~RawConnection() = default;
RawConnection::RawConnection(RawConnection&&) noexcept = default;
RawConnection& RawConnection::operator=(RawConnection&&) noexcept = default;

std::vector<Row> RawConnection::query(const std::string& statement) {
  MYSQL* mysql = handle_->get();
  const auto check = [&](bool good) {
    if (!good)
      throw QueryFailed(::mysql_errno(mysql), std::string(::mysql_error(mysql)) + ": " + statement);
  };
  check(::mysql_real_query(mysql, statement.data(), statement.size()) == 0);
  const std::unique_ptr<MYSQL_RES, decltype(&::mysql_free_result)> result(
      ::mysql_store_result(mysql), &::mysql_free_result);
  std::vector<Row> rows;
  if (!result) {
    check(::mysql_field_count(mysql) == 0);
    return rows;
  }
  const unsigned columns = ::mysql_num_fields(result.get());
  while (MYSQL_ROW values = ::mysql_fetch_row(result.get())) {
    const unsigned long* lengths = ::mysql_fetch_lengths(result.get());
    Row& row = rows.emplace_back();
    for (unsigned column = 0; column < columns; ++column) {
      if (values[column] == nullptr) {
        row.emplace_back(std::nullopt);
      } else {
        row.emplace_back(std::string(values[column], lengths[column]));
      }
    }
  }
  return rows;
}

std::uint64_t RawConnection::changed_rows() {
  return ::mysql_affected_rows(handle_->get());
}

std::string RawConnection::value(const std::string& statement) {
  const auto rows = query(statement);
  return rows.empty() || rows[0].empty() ? std::string() : rows[0][0].value_or("");
}

}  // namespace migrate::testing

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/splitter.h"
#include "lexer.h"
#include "token_cursor.h"

namespace migrate::core {

/// Follows what SET does to the session as far as it changes how later statements are read:
/// sql_mode and the client's character set, user variables that keep either, and the functions
/// CONCAT, CONCAT_WS and REPLACE over them.
class SessionFollower {
 public:
  explicit SessionFollower(const SplitterOptions& options);

  /// `statement` has just been read, with rules().
  void follow(std::string_view statement);
  const LexRules& rules() const { return rules_; }
  /// Whether sql_mode and character set are known; rules() are those known last if not.
  bool is_certain() const { return mode_.has_value() && charset_.has_value(); }

 private:
  std::optional<std::string> evaluate(TokenCursor& cursor) const;
  std::optional<std::string> variable(const std::string& name) const;
  void set_mode(std::optional<std::string> mode);
  void set_charset(std::optional<std::string> charset);

  LexRules rules_;
  std::string initial_mode_;
  std::optional<std::string> mode_;
  std::optional<std::string> charset_ = "utf8mb4";
  std::map<std::string, std::string> user_variables_;
};

}  // namespace migrate::core

#pragma once

#include <string>
#include <string_view>

namespace migrate::core::schema {

/// The text of a table or sequence without the name of its own schema in front of names, which the
/// server always quotes.
std::string without_qualifier(std::string_view text, std::string_view schema);

/// The same of a view. There `a`.`b` is also a column of something called `a`, so of two names the
/// first is left out only behind VIEW, FROM and JOIN, in a function of sequences, and in front of
/// arguments; of three always.
/// MariaDB leaves them out itself, but not if another schema is in the text or if something that
/// the view reads is gone.
std::string view_without_qualifier(std::string_view text, std::string_view schema);

}  // namespace migrate::core::schema

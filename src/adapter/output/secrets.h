#pragma once

#include <string>
#include <string_view>

#include "core/event.h"

namespace migrate::output {

/// The statement with each string literal behind the word IDENTIFIED or a word that ends in
/// PASSWORD as '***'. Rather hides too much than too little.
std::string without_passwords(std::string_view statement);

/// What the server said of `statement`. Where that holds a password, the piece of the statement
/// that a syntax error quotes is left out and the password is hidden everywhere else.
std::string without_passwords(const core::ServerError& error, std::string_view statement);

}  // namespace migrate::output

#pragma once

#include <set>
#include <string>

#include "core/audit/facts.h"
#include "core/audit/policy.h"

namespace migrate::core::audit {

/// A schema `shop` in utf8mb4_unicode_520_ci, and what a server would tell of it, from statements
/// and comments:
///   -- schema COLLATION             its default
///   -- connection COLLATION         of a client that asks for nothing
///   -- row-format TABLE FORMAT
///   -- created COLLATION COLLATION  of the connection and the schema, for the programs below
///   -- account `user`@`host`        one that exists; without any, they are not known
///   -- zero TABLE COLUMN            rows hold 0000-00-00
///   -- broken VIEW WORDS
///   -- kept TABLE                   the history has it; without any, there is no history
///   -- declared TABLE COLLATION     ddl/TABLE.sql declares it so; without a collation, it names
///   none
///   -- allow RULE OBJECT
///   -- finds OBJECT                 what the rule of the test has to find
struct Told {
  Facts facts;
  Policy policy;
  std::set<std::string> finds;
};
Told told(const std::string& text);

}  // namespace migrate::core::audit

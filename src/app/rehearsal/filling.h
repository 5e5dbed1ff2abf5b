#pragma once

#include <set>
#include <string>
#include <vector>

#include "app/rehearsal/verify.h"
#include "stage.h"

namespace migrate::app {

/// The made-up rows of one stage.
class Filling {
 public:
  explicit Filling(const VerifyRequest& request) : request_(request) {}

  /// Fills the tables that it has not filled yet.
  void fill(Stage& stage, const core::schema::Schema& schema);

  /// What could not be made up, a line each, since this was asked last.
  std::vector<std::string> take_notes();

 private:
  void fill(Stage& stage, const core::schema::Schema& schema, const core::schema::Table& table);
  std::uint64_t wanted(const core::schema::Table& table,
                       const core::rehearsal::TableProfile* profile) const;
  const core::rehearsal::TableProfile* profile_of(const std::string& table) const;

  const VerifyRequest& request_;
  std::set<std::string> filled_;
  std::vector<std::string> notes_;
};

}  // namespace migrate::app

package health.ferry.core.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A server that is down gets a hundred retries from a client, and then none. */
class RetryBudgetTest {

  @Test
  void holds_500_tokens_of_which_a_retry_costs_5() {
    assertThat(RetryBudget.CAPACITY).isEqualTo(500);
    assertThat(RetryBudget.RETRY_COST).isEqualTo(5);
  }

  @Test
  void pays_for_a_hundred_retries_and_not_for_one_more() {
    RetryBudget budget = emptied();

    assertThat(budget.tryPay()).isFalse();
  }

  @Test
  void a_success_pays_back_its_own_retries_and_one_token() {
    RetryBudget budget = emptied();

    budget.succeeded(3);

    assertThat(budget.tryPay()).isTrue();
    assertThat(budget.tryPay()).isTrue();
    assertThat(budget.tryPay()).isFalse();
  }

  @Test
  void five_plain_successes_buy_one_retry() {
    RetryBudget budget = emptied();

    for (int calls = 0; calls < 4; calls++) {
      budget.succeeded(1);
    }
    assertThat(budget.tryPay()).isFalse();
    budget.succeeded(1);
    assertThat(budget.tryPay()).isTrue();
  }

  @Test
  void never_holds_more_than_it_began_with() {
    RetryBudget budget = new RetryBudget();
    budget.succeeded(1_000);

    assertThat(retriesIn(budget)).isEqualTo(100);
  }

  private static RetryBudget emptied() {
    RetryBudget budget = new RetryBudget();
    assertThat(retriesIn(budget)).isEqualTo(100);
    return budget;
  }

  private static int retriesIn(RetryBudget budget) {
    int count = 0;
    while (budget.tryPay()) {
      count++;
    }
    return count;
  }
}

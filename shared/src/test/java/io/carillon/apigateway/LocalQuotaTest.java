package io.carillon.apigateway;

import io.carillon.delivery.Quota;
import io.carillon.delivery.QuotaContract;
import java.time.InstantSource;

class LocalQuotaTest extends QuotaContract {

    @Override
    protected Quota quota(int rate, InstantSource clock) {
        return new LocalQuota(rate, clock);
    }
}
